/** Whole jobs whose script comes from a language model, and what becomes of them when it fails. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refuses, says, saysThenWaits, scriptOf, silent, startChatServer } from '../support/chat-server.ts';
import type { ChatAnswer, ChatServer } from '../support/chat-server.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { as, startOwnedServer } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { toEvent } from './simulated-jobs.ts';
import type { RawEvent } from './simulated-jobs.ts';

const KEY = 'sk-the-key-0123456789';
const GOOD = says(JSON.stringify(scriptOf(2)));
const VIDEO = {
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:12', targetSceneCount: 2 },
  renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
};

let model: ChatServer;
let server: TestServer;

beforeEach(async () => {
  model = await startChatServer(GOOD);
});

afterEach(async () => {
  // Whatever a test was about: the key is said to the model alone.
  expect(server.output).not.toContain(KEY);
  await Promise.all([server.stop(), model.stop()]);
});

async function start(settings: Record<string, string> = {}): Promise<void> {
  server = await startOwnedServer({
    AURA_LLM_BASE_URL: model.url,
    AURA_LLM_API_KEY: KEY,
    AURA_LLM_MODEL: 'test-model',
    AURA_LOG_LEVEL: 'trace',
    ...settings,
  });
}

const send = (path: string, method = 'GET', body?: unknown) => call(server.url + path, method, body, as('ann'));

async function begin(): Promise<{ jobId: string; log: () => Promise<RawEvent[]> }> {
  const { jobId } = (await send('/api/jobs', 'POST', VIDEO)).body;
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`, { headers: as('ann') });
  const log = async (): Promise<RawEvent[]> => {
    await stream.ended;
    expect(JSON.stringify([stream.events, (await send(`/api/jobs/${jobId}`)).body])).not.toContain(KEY);
    return stream.events.map(toEvent);
  };
  return { jobId, log };
}

async function scriptBy(answer: ChatAnswer, ...more: ChatAnswer[]): Promise<{ log: RawEvent[]; script: string }> {
  model.answer(answer, ...more);
  const { jobId, log } = await begin();
  const events = await log();
  expect(events.at(-1)).toMatchObject({ type: 'job-completed' });
  const script = (await send(`/artifacts/${jobId}/script.md`)).body;
  return { log: events, script };
}

const warningsIn = (log: readonly RawEvent[]) =>
  log.flatMap(({ type, data }) => (type === 'warning' ? [data.message] : []));

test('the model’s words become the video', async () => {
  await start();
  const { log, script } = await scriptBy(GOOD);

  expect(script).toContain('# Words of a model');
  expect(script).toContain('It adds "another one" for part 2.');
  expect(warningsIn(log)).toEqual([]);
  expect(model.calls.map(({ headers, body }) => [headers.authorization, body.model])).toEqual([
    [`Bearer ${KEY}`, 'test-model'],
  ]);
});

test('what passes by itself is tried again, and nobody is alarmed', async () => {
  await start();
  const { log, script } = await scriptBy(
    refuses(429, {}, { 'retry-after': '0' }),
    refuses(503, {}, { 'retry-after': '0' }),
    GOOD,
  );

  expect(script).toContain('# Words of a model');
  expect(model.calls).toHaveLength(3);
  expect(warningsIn(log)).toEqual([]);
});

describe('the offline writer takes over, with a warning that says why', () => {
  test.each<[string, ChatAnswer, RegExp, number]>([
    ['a key that is wrong', refuses(401, { message: `Incorrect API key provided: ${KEY}` }), /ProviderKeyInvalid/, 1],
    ['a refusal', says('{}', { finish: 'content_filter' }), /ContentPolicy/, 1],
    ['a limit that lasts', refuses(429, {}, { 'retry-after': '3600' }), /ProviderRateLimited/, 1],
    ['a server in trouble', refuses(500, { message: KEY }, { 'retry-after': '0' }), /ProviderServerError/, 3],
  ])('after %s', async (_what, answer, code, calls) => {
    await start();
    const { log, script } = await scriptBy(answer);

    expect(script).not.toContain('# Words of a model');
    expect(model.calls).toHaveLength(calls);
    expect(warningsIn(log)).toEqual([
      expect.stringMatching(/^Language model test-model gave up \(\w+\): .* Offline writer is used instead\.$/),
    ]);
    expect(warningsIn(log)[0]).toMatch(code);
  });
});

test('with nobody else the job fails with code and remediation; its retry asks again', async () => {
  await start({ AURA_SCRIPT_PROVIDERS: 'llm' });
  model.answer(refuses(401));
  const { jobId, log } = await begin();

  expect((await log()).at(-1)).toMatchObject({
    type: 'job-failed',
    data: {
      stage: 'Script',
      errors: [{ code: 'ProviderKeyInvalid', remediation: expect.stringMatching(/^Check or renew the key/) }],
    },
  });
  model.answer(GOOD);
  const { body } = await send(`/api/jobs/${jobId}/retry`, 'POST');
  await eventually(async () => (await send(`/api/jobs/${body.jobId}`)).body.status === 'Succeeded');
});

test('a script of the wrong length is asked for again, and then left to the next one', async () => {
  await start({ AURA_SCRIPT_PROVIDERS: 'llm,offline' });
  const long = JSON.stringify(scriptOf(30));
  model.answer(says(long));
  const { jobId, log } = await begin();
  // The second attempt comes after a wait of its own, which a cancel ends.
  await eventually(() => model.calls.length === 2);
  expect((await send(`/api/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);

  expect((await log()).at(-1)!.type).toBe('job-cancelled');
  expect(model.calls).toHaveLength(2);
});

describe('a cancel', () => {
  test.each<[string, ChatAnswer]>([
    ['before the first word', silent],
    ['in the middle', saysThenWaits('{"title":"Words of')],
  ])('%s hangs up, and says who was at work', async (_when, answer) => {
    await start();
    model.answer(answer);
    const { jobId, log } = await begin();
    await eventually(() => model.calls.length === 1);
    const { status, body } = await send(`/api/jobs/${jobId}/cancel`, 'POST');

    expect(status).toBe(202);
    expect(body.providerStatuses).toEqual([
      {
        providerName: 'Language model test-model',
        providerType: 'Script',
        supportsCancellation: true,
        status: 'CancellationRequested',
        warning: null,
      },
    ]);
    await model.calls[0]!.closed;
    expect((await log()).at(-1)!.type).toBe('job-cancelled');
  });
});
