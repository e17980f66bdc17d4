/** Scripts by a language model: the wire format, and every way in which it goes wrong. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLlmWriter } from '../../../reference-server/src/pipeline/script/llm/llm-writer.ts';
import type { LlmOptions } from '../../../reference-server/src/pipeline/script/llm/llm-writer.ts';
import type { ScriptRequest } from '../../../reference-server/src/pipeline/script/script-provider.ts';
import { estimateSeconds } from '../../../reference-server/src/pipeline/speech/flite/flite-voice.ts';
import {
  breaksOff,
  chunk,
  hangsUp,
  refuses,
  saysThenWaits,
  says,
  scriptOf,
  silent,
  startChatServer,
  streams,
} from '../../support/chat-server.ts';
import type { ChatAnswer, ChatServer } from '../../support/chat-server.ts';
import { eventually } from '../../support/eventually.ts';
import { makeSpec } from './pipeline-fixtures.ts';

const KEY = 'sk-test-0123456789';
const GOOD = JSON.stringify(scriptOf(3));

let server: ChatServer;

beforeEach(async () => {
  server = await startChatServer(says(GOOD));
});

afterEach(() => server.stop());

const writer = (options: Partial<LlmOptions> = {}) =>
  createLlmWriter({
    baseUrl: server.url,
    apiKey: KEY,
    model: 'test-model',
    format: 'json_schema',
    silenceMs: 30_000,
    ...options,
  });

const request = (changes: Partial<ScriptRequest> = {}): ScriptRequest => {
  const spec = makeSpec();
  return {
    spec,
    sceneCount: 3,
    signal: new AbortController().signal,
    secondsOf: (sentence) => estimateSeconds(sentence, spec),
    warn: () => {},
    onScene: async () => {},
    ...changes,
  };
};

/** What writing came to nothing with. */
async function faultOf(answer: ChatAnswer, options?: Partial<LlmOptions>) {
  server.answer(answer);
  const result = await writer(options)
    .write(request())
    .catch((error: unknown) => error);
  expect(result).toMatchObject({ name: 'StageError', message: expect.any(String), remediation: expect.any(String) });
  expect(JSON.stringify({ ...(result as object), text: String(result), cause: String((result as Error).cause) }))
    .not //
    .toContain(KEY);
  return result as { code: string; message: string; transient: boolean; retryAfterMs?: number; details?: string };
}

describe('a good answer', () => {
  test('becomes the script', async () => {
    expect(await writer().write(request())).toEqual(scriptOf(3));
  });

  test('was asked for with key, model, brief and form', async () => {
    await writer().write(request({ spec: makeSpec({ brief: { topic: 'Bread "and" salt', language: 'fr' } }) }));

    const [{ method, path, headers, body }] = server.calls as [(typeof server.calls)[0]];
    expect([method, path]).toEqual(['POST', '/v1/chat/completions']);
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
    expect(body).toMatchObject({
      model: 'test-model',
      stream: true,
      response_format: { type: 'json_schema', json_schema: { name: 'script', strict: true } },
      messages: [{ role: 'system' }, { role: 'user', content: expect.stringContaining('exactly 3 scenes') }],
    });
    const { brief, words } = JSON.parse(body.messages[1].content.split('\n')[1]);
    expect(brief).toMatchObject({ topic: 'Bread "and" salt', language: 'fr' });
    // Ten seconds at a usual pace.
    expect(words).toBeGreaterThan(10);
    expect(words).toBeLessThan(30);
  });

  test('was asked for as the request wishes, and for nothing that it does not mention', async () => {
    const writing = { temperature: 0.2, topP: 0.9, maxTokens: 900, stopSequences: ['END'], exampleStyle: 'Terse.' };
    await writer().write(request({ spec: { ...makeSpec(), writing } }));
    await writer().write(request());

    const [first, second] = server.calls.map(({ body }) => body);
    expect(first).toMatchObject({ temperature: 0.2, top_p: 0.9, max_tokens: 900, stop: ['END'], model: 'test-model' });
    expect(JSON.parse(first.messages[1].content.split('\n')[1]).brief.exampleStyle).toBe('Terse.');
    expect(Object.keys(second).toSorted()).toEqual(['messages', 'model', 'response_format', 'stream']);
  });

  test('comes without a key, and in another form, where the server wants that', async () => {
    await writer({ apiKey: undefined, format: 'text' }).write(request());
    await writer({ format: 'json_object' }).write(request());

    expect(server.calls[0]!.headers.authorization).toBeUndefined();
    expect(server.calls[0]!.body).not.toHaveProperty('response_format');
    expect(server.calls[1]!.body.response_format).toEqual({ type: 'json_object' });
  });

  test('counts its scenes as they come', async () => {
    const scenes: number[] = [];
    let goOn = (): void => {};
    const half = GOOD.slice(0, GOOD.indexOf('Part 2') + 3);
    server.answer(saysThenWaits(half, new Promise<void>((resolve) => (goOn = resolve))));
    const writing = writer().write(request({ onScene: async (scene) => void scenes.push(scene) }));

    // The second is known before the answer has ended.
    await eventually(() => scenes.length === 2);
    expect(scenes).toEqual([1, 2]);
    goOn();
    await expect(writing).rejects.toMatchObject({ code: 'InvalidScript' });
  });

  test('ends with its finish reason, where nobody says [DONE]', async () => {
    server.answer(says(GOOD, { done: false }));

    expect(await writer().write(request())).toEqual(scriptOf(3));
  });

  test('may stand in a block of Markdown, with breaks in its lines', async () => {
    server.answer(says(`\`\`\`json\n${GOOD.replace('says sentence', 'says\\n  sentence')}\n\`\`\``));

    expect(await writer({ format: 'text' }).write(request())).toEqual(scriptOf(3));
  });

  test('with another number of scenes is taken, with a warning', async () => {
    const warnings: string[] = [];
    server.answer(says(JSON.stringify(scriptOf(2))));
    await writer().write(request({ warn: (message) => void warnings.push(message) }));

    expect(warnings).toEqual(['The model wrote 2 scenes instead of 3.']);
  });
});

describe('an answer that is none', () => {
  test.each<[string, ChatAnswer, object]>([
    ['401', refuses(401, { message: `Incorrect API key provided: ${KEY}` }), { code: 'ProviderKeyInvalid' }],
    ['403', refuses(403), { code: 'ProviderKeyInvalid' }],
    ['a model that is unknown', refuses(404, { code: 'model_not_found' }), { code: 'ProviderNotConfigured' }],
    ['a request that is not taken', refuses(400, { message: `Not with ${KEY}` }), { code: 'ProviderNotConfigured' }],
    ['a redirect', refuses(307, {}, { location: 'http://127.0.0.1:1/' }), { code: 'ProviderNotConfigured' }],
    ['a used-up account', refuses(429, { code: 'insufficient_quota' }), { code: 'ProviderRateLimited' }],
    ['a filter before the model', refuses(400, { code: 'content_filter' }), { code: 'ContentPolicy' }],
    ['a filter behind the model', says('{"title"', { finish: 'content_filter' }), { code: 'ContentPolicy' }],
    ['a refusal in plain words', says('I’m sorry, but I can’t assist with that.'), { code: 'ContentPolicy' }],
    [
      'a refusal of its own kind',
      streams(
        chunk({ role: 'assistant', refusal: 'I’m sorry, ' }),
        chunk({ refusal: 'no.' }, 'stop'),
        'data: [DONE]\n\n',
      ),
      { code: 'ContentPolicy', details: 'I’m sorry, no.' },
    ],
  ])('%s is final', async (_what, answer, expected) => {
    expect(await faultOf(answer)).toMatchObject({ transient: false, ...expected });
    expect(server.calls).toHaveLength(1);
  });

  test.each<[string, ChatAnswer, object]>([
    ['429', refuses(429), { code: 'ProviderRateLimited', retryAfterMs: undefined }],
    ['429 with a time', refuses(429, {}, { 'retry-after': '7' }), { code: 'ProviderRateLimited', retryAfterMs: 7000 }],
    ['500', refuses(500, { message: `Key ${KEY} made trouble` }), { code: 'ProviderServerError' }],
    ['503 with a time', refuses(503, {}, { 'retry-after': '2' }), { code: 'ProviderServerError', retryAfterMs: 2000 }],
    ['408', refuses(408), { code: 'ProviderNetworkError' }],
    ['204', (response) => void response.writeHead(204).end(), { code: 'ProviderServerError' }],
    ['a page', (response) => void response.end('<html>'), { code: 'ProviderServerError' }],
    ['a connection that is refused', hangsUp, { code: 'ProviderNetworkError' }],
    ['a connection that breaks', breaksOff('{"title"'), { code: 'ProviderNetworkError' }],
    ['an end without a word', streams(), { code: 'ProviderNetworkError' }],
    ['an end in the middle', streams(chunk({ content: '{"title"' })), { code: 'ProviderNetworkError' }],
    ['a chunk that is cut off', streams('data: {"choices":[{"del\n\n'), { code: 'ProviderServerError' }],
    [
      'chunks of another form',
      streams('data: {"choices":{}}\n\n', 'data: {"choices":[null]}\n\n', chunk({}, 'stop')),
      { code: 'InvalidScript' },
    ],
    ['a chunk that is no object', streams('data: 7\n\n'), { code: 'ProviderServerError' }],
    [
      'trouble in the middle',
      streams(chunk({ content: '{' }), `data: {"error":{"message":"Overloaded, ${KEY}"}}\n\n`),
      { code: 'ProviderServerError', details: expect.stringContaining('Overloaded, [secret]') },
    ],
    ['JSON that is cut off', says(GOOD.slice(0, -20)), { code: 'InvalidScript' }],
    ['JSON that the limit cuts off', says(GOOD.slice(0, -20), { finish: 'length' }), { code: 'InvalidScript' }],
    ['nothing', says(''), { code: 'InvalidScript' }],
    ['words', says('Here is your script. Scene one: the sea.'), { code: 'InvalidScript' }],
    ['JSON of another form', says('{"title":"T","scenes":[{"heading":"H"}]}'), { code: 'InvalidScript' }],
    [
      'no end',
      streams(...Array.from({ length: 41 }, () => chunk({ content: 'x'.repeat(10_000) }))),
      { code: 'InvalidScript', message: 'The answer does not come to an end.' },
    ],
  ])('%s may go better another time', async (_what, answer, expected) => {
    expect(await faultOf(answer)).toMatchObject({ transient: true, ...expected });
    // The stage alone decides on another attempt.
    expect(server.calls).toHaveLength(1);
  });

  test.each<[string, ChatAnswer]>([
    ['from the beginning', silent],
    ['in the middle', saysThenWaits('{"title"')],
  ])('silence %s ends it', async (_when, answer) => {
    expect(await faultOf(answer, { silenceMs: 100 })).toMatchObject({
      code: 'ProviderNetworkError',
      transient: true,
      details: expect.stringContaining('nothing was heard'),
    });
    await server.calls[0]!.closed;
  });

  test('a refusal that never ends is one all the same', async () => {
    const fault = await faultOf((response) => void response.writeHead(401).write('{"error":{"message":"No'));
    expect(fault).toMatchObject({ code: 'ProviderKeyInvalid', transient: false });
  });

  test('a key that is missing is named', async () => {
    expect(await faultOf(refuses(401), { apiKey: undefined })).toMatchObject({
      code: 'MissingApiKey:AURA_LLM_API_KEY',
      transient: false,
    });
  });

  test('a server that is not there', async () => {
    const gone = server.url;
    await server.stop();

    expect(await faultOf(silent, { baseUrl: gone })).toMatchObject({ code: 'ProviderNetworkError' });
  });
});

describe('an abort', () => {
  const reason = new Error('cancelled by the test');

  test.each<[string, ChatAnswer]>([
    ['before the first word', silent],
    ['in the middle', saysThenWaits('{"title"')],
  ])('%s hangs up at once', async (_when, answer) => {
    const controller = new AbortController();
    server.answer(answer);
    const writing = writer().write(request({ signal: controller.signal }));
    await eventually(() => server.calls.length === 1);
    await nextTurn();
    controller.abort(reason);

    await expect(writing).rejects.toBe(reason);
    await server.calls[0]!.closed;
  });

  test('before it begins asks nobody', async () => {
    await expect(writer().write(request({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(server.calls).toEqual([]);
  });
});
