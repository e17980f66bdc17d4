/** What a program gets wrong, and what a server may say to harm it: each ends in a typed error that says what to do, or in nothing at all. */
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AuraClient, ConnectionError, InvalidInputError } from '@aura-jobs/sdk';
import type { CreateJobRequest } from '@aura-jobs/sdk';
import { eventually } from '../support/eventually.ts';
import { frame, openStream, startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

let server: ScriptedServer | undefined;
const uncaught = vi.fn();

beforeEach(() => {
  uncaught.mockReset();
  process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught);
});

afterEach(async () => {
  process.off('uncaughtException', uncaught).off('unhandledRejection', uncaught);
  await server?.close();
  server = undefined;
});

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Long enough for Node to tell of a rejection that nobody handles. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('a list that fails is told to whoever iterates, and to nobody else', async () => {
  server = await startScriptedServer((_, response) => json(response, {}, 400));
  const { jobs } = new AuraClient({ baseUrl: server.url });

  const iterate = async (): Promise<void> => {
    for await (const job of jobs.list()) expect(job).toBeUndefined();
  };
  await expect(iterate()).rejects.toThrow(InvalidInputError);
  await turn();
  expect(uncaught).not.toHaveBeenCalled();
});

test.each([
  [
    'a circle',
    () => {
      const inputs: Record<string, unknown> = {};
      return { inputs: Object.assign(inputs, { inputs }) };
    },
  ],
  ['a bigint', () => ({ inputs: { n: 1n } })],
])('a request with %s in it is not valid, and not tried again', async (_name, body: () => CreateJobRequest) => {
  const ask = vi.fn<typeof fetch>();
  const { jobs } = new AuraClient({ baseUrl: 'http://localhost', fetch: ask });

  const error = await jobs.create(body()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ code: 'InvalidInput', retryable: false });
  expect(ask).not.toHaveBeenCalled();
});

test('a token that no header can carry is refused without being shown to anybody', async () => {
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const client = new AuraClient({
    baseUrl: 'http://localhost',
    getToken: () => 'secret\nsecret',
    logger: { debug: say, warn: say },
  });

  const errors = [
    await client.jobs.get('a').catch((error: unknown) => error),
    await client.watch('a').done.catch((error: unknown) => error),
    await client
      .events('a')
      .next()
      .catch((error: unknown) => error),
  ];
  for (const error of errors) expect(error).toMatchObject({ name: 'InvalidInputError', retryable: false });
  expect(said.length).toBeGreaterThan(0);
  expect(`${said.join()}${errors.join()}`).not.toContain('secret');
});

test('a line break at the end of a token, as in one read from a file, does no harm', async () => {
  server = await startScriptedServer((_, response) => json(response, { jobId: 'a', status: 'Running' }));

  await new AuraClient({ baseUrl: server.url, getToken: () => 'secret\n' }).jobs.get('a');
  expect(server.requests[0]!.headers.authorization).toBe('Bearer secret');
});

test('no time-out at all may be asked for', async () => {
  server = await startScriptedServer((_, response) => {
    setTimeout(() => json(response, { jobId: 'a', status: 'Running' }), 50);
  });
  const { jobs } = new AuraClient({ baseUrl: server.url, timeoutMs: Infinity });

  expect(await jobs.get('a', { retries: 0 })).toMatchObject({ status: 'Running' });
});

test('a fetch that ignores its signal is not waited for', async () => {
  const { jobs } = new AuraClient({ baseUrl: 'http://localhost', fetch: () => new Promise(() => {}) });

  await expect(jobs.get('a', { timeoutMs: 10, retries: 0 })).rejects.toThrow(ConnectionError);
  const abort = new AbortController();
  const call = jobs.get('a', { signal: abort.signal });
  abort.abort(new Error('mine'));
  await expect(call).rejects.toThrow('mine');
});

test.each(['one', 'several'])('an event that is nothing does not break a reader of %s', async (many) => {
  server = await startScriptedServer(({ url }, response) => {
    if (!url!.includes('/events')) return json(response, { jobId: url!.at(-1), status: 'Running', percent: 5 });
    openStream(
      response,
      ...[null, 5, 'text', []].flatMap((data, n) => [
        frame('unheard-of', data, `1700000000000-${n}`),
        frame('job-status', data),
        frame('warning', data),
        frame('error', data),
      ]),
      ...['a', 'b'].map((jobId, n) => frame('job-completed', { jobId, status: 'Succeeded' }, `1700000000001-${n}`)),
    );
  });
  const client = new AuraClient({ baseUrl: server.url });
  const watchers = many === 'one' ? [client.watch('a')] : client.watchAll(['a', 'b']).watchers;

  for (const watcher of watchers) expect(await watcher.done).toMatchObject({ status: 'Succeeded' });
  await turn();
  expect(uncaught).not.toHaveBeenCalled();
});

test('a path with control characters, which a browser leaves out of a link, is no link', () => {
  const client = new AuraClient();
  for (const path of ['/\t/elsewhere', '\t//elsewhere', 'java\nscript:alert()', '/a\0']) {
    expect(client.url(path, { token: 'ticket', expiresInSeconds: 1 }), JSON.stringify(path)).toBeNull();
  }
});

test('a problem whose fields are of the wrong kinds is still a typed error', async () => {
  server = await startScriptedServer((_, response) =>
    json(response, { detail: 5, code: {}, correlationId: 7, error: ['x'], title: null }, 422),
  );

  const error = await new AuraClient({ baseUrl: server.url }).jobs.get('a').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'InvalidInputError', code: 'InvalidInput', requestId: undefined });
});

test('log lines that end as on Windows end there', async () => {
  server = await startScriptedServer((_, response) => response.end('one\r\ntwo\r\n'));

  expect(await new AuraClient({ baseUrl: server.url }).jobs.logs('a')).toEqual(['one', 'two']);
});

test('an answer with less progress than was shown does not take the bar back, not even at the end', async () => {
  let answers = 0;
  server = await startScriptedServer(({ url }, response) => {
    if (url!.includes('/events')) openStream(response, frame('step-progress', { stage: 'Visuals', percent: 50 })).end();
    else json(response, { id: 'a', status: answers++ ? 'failed' : 'running', percent: 5 });
  });
  const watcher = new AuraClient({ baseUrl: server.url, retry: { initialDelayMs: 1 } }).watch('a');
  const percents: number[] = [];
  watcher.subscribe(() => percents.push(watcher.snapshot!.percent));

  await eventually(() => watcher.ended);
  expect(watcher.snapshot!.status).toBe('Failed');
  expect(percents).toContain(50);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  await expect(watcher.done).rejects.toThrow();
});
