/** Requests that no client would send: never a failure of the server, and every refusal is a problem object. */
import { Agent, request } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { as, bearer, KEYS, startOwnedServer } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { openRawStream } from '../support/raw-stream.ts';

const REQUESTS = 5000;
const AT_ONCE = 8;
const HOOK_SECRET = `whsec_${'A'.repeat(32)}`;

let server: TestServer;
let paths: string[];
let jobId: string;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  server = await startOwnedServer({ AURA_CONCURRENCY: '1', AURA_LOG_LEVEL: 'error', AURA_WEBHOOK_SECRET: HOOK_SECRET });
  paths = Object.keys((await call(`${server.url}/openapi.json`)).body.paths);
  const preset = { preset: 'simulated', inputs: { events: 5, eventsPerSecond: 0 } };
  ({ jobId } = (await call(`${server.url}/api/jobs`, 'POST', preset, as('ann'))).body);
  await (
    await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers: as('ann') })
  ).ended;
});

afterAll(async () => {
  agent.destroy();
  await server.stop();
});

/** Text as an attacker has it: line breaks, escapes, paths, injections, nothing, a lot. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '../../etc/passwd',
    '%2e%2e%2f',
    '%00',
    '%',
    '%zz',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    '\r\nSet-Cookie: a=b',
    '1e999',
    '-1',
    'NaN',
    'x'.repeat(5000),
  ),
);
/** In a request line nothing else gets past an HTTP client. */
const inUrl = nasty.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 3000));
const rawUrl = fc.oneof(inUrl, fc.constantFrom('%', '%zz', '..', '.%2f..', '%00', '//', ';a=b', '%c0%ae'));

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const inputs = fc.record(
  {
    hold: fc.constant(true),
    events: fc.oneof(fc.integer(), fc.double(), nasty),
    failAt: fc.jsonValue(),
    padBytes: fc.integer(),
  },
  { requiredKeys: ['hold'] },
);
const address = fc.oneof(
  nasty,
  nasty.map((text) => `https://${text}`),
  fc.webUrl(),
  fc.constant('https://[::1]'),
);
/** What JSON can say, and what looks like a text as soon as somebody makes one of it. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom({ toString: 1 }, { toString: null, valueOf: null }, [['simulated']]),
);
const almostJob = fc
  .record(
    {
      preset: fc.oneof({ weight: 4, arbitrary: fc.constant('simulated') }, { weight: 1, arbitrary: anything }),
      brief: fc.oneof(
        fc.jsonValue(),
        fc.record({ topic: fc.oneof(nasty, anything), aspect: fc.oneof(nasty, anything) }, { requiredKeys: [] }),
      ),
      planSpec: fc.oneof(
        fc.jsonValue(),
        fc.record(
          { targetDuration: fc.oneof(nasty, anything), minSceneCount: fc.oneof(fc.integer(), anything) },
          { requiredKeys: [] },
        ),
      ),
      voiceSpec: fc.oneof(fc.jsonValue(), fc.record({ pause: anything, pitch: anything }, { requiredKeys: [] })),
      renderSpec: fc.oneof(
        fc.jsonValue(),
        fc.record({ res: anything, fps: fc.oneof(nasty, anything) }, { requiredKeys: [] }),
      ),
      options: fc.jsonValue(),
      notify: fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            webhook: fc.record({ url: address }),
            push: fc.record({ endpoint: address, keys: fc.record({ p256dh: nasty, auth: nasty }) }),
          },
          { requiredKeys: [] },
        ),
      ),
      inputs: fc.oneof(inputs, fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  // Simulated, so that what is valid by chance costs nothing.
  .map((body) => JSON.stringify({ preset: 'simulated', ...body }));
const body = fc.oneof(
  almostJob,
  fc.json({ maxDepth: 6 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.record({ jobIds: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc.record({ access: fc.jsonValue(), expiresInSeconds: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '{',
    deep(20_000),
    `{"a":${deep(20_000)}}`,
    `{"preset":${deep(30_000)}}`,
    `"${'x'.repeat(70_000)}"`,
    '{"__proto__":{"isAdmin":true}}',
    'null',
    '[]',
    '1',
  ),
);
/** What lets a request through to the route, as a rule. */
const often = (usual: string, ...others: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const headers = fc.record(
  {
    'content-type': often(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'nonsense',
    ),
    'content-encoding': often('identity', 'gzip', 'nonsense'),
    'last-event-id': fc.constantFrom('', '1-1', '9999999999999-1', 'x'.repeat(500), '-', 'NaN-NaN'),
    'idempotency-key': fc.constantFrom('a', 'a b', 'x'.repeat(300), 'ü'),
    'x-correlation-id': fc.constantFrom('a', '<script>', 'x'.repeat(200)),
    range: fc.constantFrom('bytes=0-', 'bytes=9-1', 'bytes=x', 'lines=1-2', 'bytes=0-0,2-3,5-9'),
    origin: often('http://localhost:1', 'null', 'https://evil.example', 'nonsense'),
    accept: nasty.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  },
  { requiredKeys: ['content-type'] },
);
const identity = fc.constantFrom(as('ann'), as('ann'), as('ann'), as('ops'), {}, bearer(`${KEYS.ann}.x.y`), {
  authorization: 'Bearer',
});
const query = fc.dictionary(
  fc.constantFrom('limit', 'cursor', 'status', 'ids', 'jobs', 'wait', 'lastEventId', 'replay', 'download', 'a[b]'),
  rawUrl,
  { maxKeys: 4 },
);

const hostile = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'),
    path: fc.nat().map((n) => paths[n % paths.length]!),
    id: fc.oneof(rawUrl, fc.constant('KNOWN')),
    name: rawUrl,
    query,
    headers,
    identity,
    body,
  })
  .map(({ method, path, id, name, query: fields, headers: given, identity: who, body: text }) => {
    const filled = path.replace('{jobId}', id === 'KNOWN' ? jobId : id).replace('{name}', name);
    const search = Object.entries(fields)
      .map((field) => field.join('='))
      .join('&');
    return { method, path: search ? `${filled}?${search}` : filled, headers: { ...given, ...who }, body: text };
  });

type Hostile = { method: string; path: string; headers: Record<string, string>; body: string };

/** @returns status, content type and body of the answer; of a stream only that it opened */
function send({
  method,
  path,
  headers: given,
  body: text,
}: Hostile): Promise<{ status: number; type: string; text: string }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const bare = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === 'TRACE';
    const length = bare ? {} : { 'content-length': Buffer.byteLength(text) };
    const sent = request({ agent, hostname, port, method, path, headers: { ...given, ...length } }, (response) => {
      const [status, type] = [response.statusCode!, response.headers['content-type'] ?? ''];
      if (type.startsWith('text/event-stream')) {
        response.destroy();
        return resolve({ status, type, text: '' });
      }
      let answer = '';
      response.on('data', (chunk) => (answer += String(chunk)));
      response.on('end', () => resolve({ status, type, text: answer }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(bare ? undefined : text);
  });
}

test(
  `${REQUESTS} malformed or hostile requests: never a failure, never a crash, always a problem object (AC-64)`,
  { timeout: 300_000 },
  async () => {
    const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));
    console.log(`requests from seed ${seed}; SEED=${seed} plays them again`);
    const requests = fc.sample(hostile, { seed, numRuns: REQUESTS });
    const statuses = new Map<number, number>();
    const work = async (): Promise<void> => {
      for (let one = requests.pop(); one; one = requests.pop()) {
        const { status, type, text } = await send(one);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const said = `${one.method} ${one.path.slice(0, 200)} ${JSON.stringify(one.headers)} ${one.body.slice(0, 300)} => ${status} ${type} ${text.slice(0, 300)}`;
        expect(status, said).toBeLessThan(500);
        if (status < 400 || one.method === 'HEAD') continue;
        expect(type, said).toMatch(/^application\/problem\+json/);
        expect(JSON.parse(text), said).toMatchObject({
          status,
          code: expect.any(String),
          correlationId: expect.any(String),
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));

    console.log(`answers by status: ${JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))}`);
    expect((await call(`${server.url}/healthz`)).status).toBe(200);
    expect(server.output).not.toMatch(/request failed|Unhandled|uncaught/i);
    // Nothing of it has become an operator, or got at another's jobs.
    expect((await call(`${server.url}/api/jobs`, 'GET', undefined, as('bob'))).body.jobs).toEqual([]);
  },
);
