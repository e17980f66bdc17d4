/**
 * Each status that OpenAPI describes for a route is made to occur, and so is each message that AsyncAPI describes for a
 * channel: what is promised and never given is as wrong as what is given and not promised (`documents.test.ts`).
 */
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asyncApiDocument } from '../../reference-server/src/http/asyncapi.ts';
import { openApiDocument } from '../../reference-server/src/http/openapi.ts';
import { Description } from '../support/answers/description.ts';
import type { OpenApi } from '../support/answers/description.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { as, bearer, KEYS, offering, startOwnedServer, tokenFor } from './owned-server.ts';
import { openRawSocket } from './raw-socket.ts';

const openapi = openApiDocument('test') as OpenApi;
const asyncapi = asyncApiDocument('test') as {
  channels: Record<string, { messages: Record<string, object> }>;
};
const description = new Description(openapi, asyncapi);

/** With sign-in; one with limits of one; one without sign-in, on loopback; one whose Redis is gone. */
let [server, strict, open, cut] = [{} as TestServer, {} as TestServer, {} as TestServer, {} as TestServer];
let redis: TestRedis;
/** Of `cut`: a job that has ended, which it knew before. */
let known = '';
let user = 0;
/** What routes answer without it. */
const withoutStorage = new Map<string, Promise<Told>>();
/** What readers of `cut` were told who had not read everything when it went. */
let late: Record<string, string> = {};

const promised = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { responses }]) =>
    Object.keys(responses).map((status) => [`${method.toUpperCase()} ${path} ${status}`] as const),
  ),
);

const LIMITS_OF_ONE = { AURA_MAX_STREAMS: '1', AURA_CREATIONS_PER_MINUTE: '1', AURA_CANCELS_PER_MINUTE: '1' };
const simulated = (inputs: object): string => JSON.stringify({ preset: 'simulated', inputs });
const HELD = simulated({ hold: true });
const DONE = simulated({ events: 5, eventsPerSecond: 0 });
const BROKEN = simulated({ events: 5, eventsPerSecond: 0, failAt: 2 });
const FAILING = simulated({ events: 20, eventsPerSecond: 0, failAt: 10, warnAt: 3 });
const ENDLESS = simulated({ events: 10_000_000, eventsPerSecond: 20, warnAt: 2 });
/** More than the sockets between take, and than stays in memory. */
const LARGE = simulated({ events: 2500, eventsPerSecond: 0, padBytes: 10_000 });
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const VIDEO = JSON.stringify({
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:10' },
  renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
});

beforeAll(async () => {
  redis = await startRedis();
  [server, strict, open, cut] = await Promise.all([
    startOwnedServer({ AURA_MAX_BODY_KB: '8', AURA_STREAM_MAX_MS: '600000' }),
    startOwnedServer(LIMITS_OF_ONE),
    startReferenceServer(),
    startOwnedServer({ AURA_REDIS_URL: redis.url }),
  ]);
  known = await ended(DONE, cut);
  const readers = await Promise.all([
    startReading('stream', `/api/jobs/${await ended(LARGE, cut)}/events?replay=all`),
    startReading('streamOfSeveral', `/api/events?jobs=${await ended(LARGE, cut)}&replay=all`),
    startReading('socket', `/api/jobs/${await ended(LARGE, cut)}/ws?replay=all`, UPGRADE),
  ]);
  await redis.kill();
  for (const [row] of promised) {
    const [method = '', path = '', status] = row.split(' ');
    if (status === '503') withoutStorage.set(`${method} ${path}`, refusedWithoutStorage(method, path));
  }
  late = Object.fromEntries(await Promise.all(readers.map((reader) => reader())));
});

afterAll(async () => {
  for (const one of [server, strict, open, cut]) await one.stop();
  await redis.stop();
});

interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly url?: string;
}

interface Told {
  readonly status: number;
  readonly headers: Record<string, string | undefined>;
  readonly text: string;
}

/** Any request, also those that `fetch` forbids; of an answer that does not end, its beginning. It is held against the document. */
async function ask(method: string, path: string, { headers = as('ann'), body, url = server.url }: Asked = {}) {
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const told = await new Promise<Told>((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...length, ...headers },
      },
      (response) => {
        const head = { status: response.statusCode!, headers: response.headers as Told['headers'] };
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
          if (!head.headers['content-type']?.startsWith('text/event-stream')) return;
          resolve({ ...head, text });
          response.destroy();
        });
        response.on('end', () => resolve({ ...head, text }));
      },
    ).on('error', reject);
    sent.on('upgrade', ({ statusCode, headers: answered }, socket) => {
      socket.destroy();
      resolve({ status: statusCode!, headers: answered as Told['headers'], text: '' });
    });
    sent.end(body);
  });
  expect(description.differences({ method, path, ...told, body: told.text })).toEqual([]);
  return told;
}

function refusedWithoutStorage(method: string, path: string): Promise<Told> {
  const body = path.endsWith('/cancel') ? JSON.stringify({ jobIds: [known] }) : HELD;
  const told = ask(method, withJob(path, known), {
    url: cut.url,
    headers: as('ops'),
    ...(method === 'POST' && { body }),
  });
  // It is looked at when its row comes.
  told.catch(() => {});
  return told;
}

/** Reads the beginning. @returns a function that reads the rest, until the server ends it */
async function startReading(name: string, path: string, headers: Record<string, string> = {}) {
  const socket = connect(Number(new URL(cut.url).port), '127.0.0.1').on('error', () => {});
  const lines = Object.entries({ host: 'localhost', ...as('ann'), ...headers }).map((line) => line.join(': '));
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  return async (): Promise<[string, string]> => {
    // What comes last is of interest.
    socket.on('data', (chunk) => (text = (text + chunk.toString('latin1')).slice(-100_000)));
    socket.on('end', () => socket.end());
    socket.resume();
    await once(socket, 'close');
    return [name, text];
  };
}

async function make(body: string, { headers = as('ann'), url = server.url }: Asked = {}): Promise<string> {
  const { text } = await ask('POST', '/api/jobs', { headers, body, url });
  return JSON.parse(text).jobId;
}

async function ended(body: string, { headers = as('ann'), url = server.url }: Asked = {}): Promise<string> {
  const jobId = await make(body, { headers, url });
  await (
    await openRawStream(`${url}/api/jobs/${jobId}/events`, { headers })
  ).ended;
  return jobId;
}

const stateOf = async (jobId: string) => JSON.parse((await ask('GET', `/api/jobs/${jobId}`)).text);

async function running(): Promise<string> {
  const jobId = await make(ENDLESS);
  await eventually(async () => (await stateOf(jobId)).status === 'Running');
  return jobId;
}

async function paused(): Promise<string> {
  const jobId = await running();
  await ask('POST', `/api/jobs/${jobId}/pause`);
  await eventually(async () => (await stateOf(jobId)).status === 'Paused');
  return jobId;
}

let video: Promise<string> | undefined;
const fileOf = async () => `/artifacts/${await (video ??= ended(VIDEO))}/output.mp4`;

/** A caller whom no limit has met yet. */
const somebodyNew = async () => bearer(await tokenFor(`user-${++user}`));

type Driver = (method: string, path: string) => Promise<Told>;

/** The route with a job in it. */
const withJob = (path: string, jobId: string): string =>
  path
    .replace('{jobId}', jobId)
    .replace('{name}', 'nothing.mp4')
    .replace(/^\/api\/events$/, `$&?jobs=${jobId}`);
const on =
  (jobOf: () => Promise<string>, query = '', asked: Asked = {}): Driver =>
  async (method, path) =>
    ask(method, withJob(path, await jobOf()) + query, asked);
const plainly: Driver = (method, path) => ask(method, path);
const nowhere = (asked: () => Promise<Asked> | Asked): Driver => {
  return async (method, path) => ask(method, withJob(path, 'job-0'), await asked());
};
/** The same again until something is refused. */
const again =
  (body?: string): Driver =>
  async (method, path) => {
    const headers = await somebodyNew();
    const send = () => ask(method, withJob(path, 'job-0'), { headers, url: strict.url, ...(body && { body }) });
    await send();
    return send();
  };
/** The one new job of a minute is made already. */
const afterOne =
  (body?: string): Driver =>
  async (method, path) => {
    const asked = { headers: await somebodyNew(), url: strict.url };
    return ask(method, withJob(path, await ended(BROKEN, asked)), { ...asked, ...(body && { body }) });
  };
const besideAStream: Driver = async (method, path) => {
  const headers = await somebodyNew();
  const jobId = await make(HELD, { headers, url: strict.url });
  const first = await openRawStream(`${strict.url}/api/jobs/${jobId}/events`, { headers });
  const refused = await ask(method, withJob(path, jobId), { headers, url: strict.url });
  first.close();
  return refused;
};
/** One idempotency key for two requests. */
const otherwise =
  (one: string, two: string): Driver =>
  async (method, path) => {
    const headers = { ...as('ann'), 'idempotency-key': `key-${++user}` };
    await ask(method, path, { headers, body: one });
    return ask(method, path, { headers, body: two });
  };
const toTheEnd: Driver = async (method, path) => {
  const jobId = await ended(DONE);
  const { lastEventId } = await stateOf(jobId);
  const asked = withJob(path, jobId);
  return ask(method, `${asked}${asked.includes('?') ? '&' : '?'}lastEventId=${lastEventId}`);
};

/** How each refusal comes about, whatever the route. */
const REFUSED: Readonly<Record<string, Driver>> = {
  400: nowhere(() => ({ body: '{' })),
  401: nowhere(() => ({ headers: {} })),
  // A name that leads here, from elsewhere.
  403: (method, path) => ask(method, withJob(path, 'job-0'), { headers: { host: 'evil.example' }, url: open.url }),
  404: nowhere(() => ({})),
  413: nowhere(() => ({ body: JSON.stringify('x'.repeat(9000)) })),
  415: nowhere(() => ({ body: '{}', headers: { ...as('ann'), 'content-encoding': 'nonsense' } })),
  // Asked all at once, since each waits for a while.
  503: (method, path) => withoutStorage.get(`${method} ${path}`)!,
};

/** How each answer comes about that is a route's own. */
const OWN: Readonly<Record<string, Driver>> = {
  'GET /api/jobs 200': plainly,
  'POST /api/jobs 202': (method, path) => ask(method, path, { body: HELD }),
  'POST /api/jobs 422': otherwise(HELD, DONE),
  'POST /api/jobs 429': afterOne(HELD),
  'POST /api/quick/demo 200': async (method, path) => {
    const told = await ask(method, path);
    await ask('POST', `/api/jobs/${JSON.parse(told.text).jobId}/cancel`);
    return told;
  },
  'POST /api/quick/demo 422': async (method, path) => {
    const told = await otherwise('{"topic":"One topic"}', '{"topic":"Another"}')(method, path);
    await ask('POST', '/api/jobs/cancel', {
      body: JSON.stringify({
        jobIds: JSON.parse((await ask('GET', '/api/jobs?limit=1')).text).jobs.map(
          ({ jobId }: { jobId: string }) => jobId,
        ),
      }),
    });
    return told;
  },
  'POST /api/quick/demo 429': afterOne(),
  'POST /api/jobs/cancel 200': (method, path) => ask(method, path, { body: '{"jobIds":["job-0"]}' }),
  'POST /api/jobs/cancel 429': again('{"jobIds":["job-0"]}'),
  'GET /api/jobs/recent-artifacts 200': plainly,
  'GET /api/jobs/{jobId} 200': on(() => make(HELD)),
  'DELETE /api/jobs/{jobId} 204': on(() => ended(BROKEN)),
  'DELETE /api/jobs/{jobId} 409': on(() => make(HELD)),
  'POST /api/jobs/{jobId}/cancel 202': on(() => make(HELD)),
  'POST /api/jobs/{jobId}/cancel 409': on(() => ended(DONE)),
  'POST /api/jobs/{jobId}/cancel 429': again(),
  'POST /api/jobs/{jobId}/pause 200': on(running),
  'POST /api/jobs/{jobId}/pause 409': on(() => make(HELD)),
  'POST /api/jobs/{jobId}/pause 429': again(),
  'POST /api/jobs/{jobId}/resume 200': on(paused),
  'POST /api/jobs/{jobId}/resume 409': on(() => make(HELD)),
  'POST /api/jobs/{jobId}/resume 429': again(),
  'POST /api/jobs/{jobId}/retry 202': on(() => ended(BROKEN)),
  'POST /api/jobs/{jobId}/retry 409': on(() => ended(DONE)),
  'POST /api/jobs/{jobId}/retry 429': afterOne(),
  'POST /api/jobs/{jobId}/release 202': on(() => make(HELD)),
  'POST /api/jobs/{jobId}/tokens 201': on(() => make(HELD)),
  'GET /api/jobs/{jobId}/logs 200': on(() => ended(DONE)),
  'GET /api/jobs/{jobId}/progress 200': on(() => make(HELD)),
  'GET /api/jobs/{jobId}/failure-details 200': on(() => ended(BROKEN)),
  'GET /api/jobs/{jobId}/failure-details 409': on(() => ended(DONE)),
  'GET /api/jobs/{jobId}/events 200': on(() => make(HELD)),
  'GET /api/jobs/{jobId}/events 204': toTheEnd,
  'GET /api/jobs/{jobId}/events 429': besideAStream,
  'GET /api/jobs/{jobId}/ws 101': on(() => make(HELD), '', {
    headers: { ...as('ann'), ...UPGRADE },
  }),
  'GET /api/jobs/{jobId}/ws 426': on(() => make(HELD)),
  'GET /api/events 200': on(() => make(HELD)),
  'GET /api/events 204': toTheEnd,
  'GET /api/events 429': besideAStream,
  'GET /api/notifications 200': plainly,
  'GET /artifacts/{jobId}/{name} 200': async (method) => ask(method, await fileOf()),
  'GET /artifacts/{jobId}/{name} 206': async (method) =>
    ask(method, await fileOf(), { headers: { ...as('ann'), range: 'bytes=0-9' } }),
  'GET /artifacts/{jobId}/{name} 304': async (method) => {
    const file = await fileOf();
    const { headers } = await ask('HEAD', file);
    const condition = { 'if-none-match': String(headers.etag), 'cache-control': 'max-age=0' };
    return ask(method, file, { headers: { ...as('ann'), ...condition } });
  },
  'GET /artifacts/{jobId}/{name} 416': async (method) =>
    ask(method, await fileOf(), { headers: { ...as('ann'), range: 'bytes=999999999-' } }),
  'GET /healthz 200': plainly,
  'GET /readyz 200': plainly,
  'GET /openapi.json 200': plainly,
  'GET /asyncapi.json 200': plainly,
  'GET /docs 200': plainly,
  'GET /metrics 200': (method, path) => ask(method, path, { headers: as('ops') }),
};

describe('OpenAPI', () => {
  test.each(promised)('%s is answered, as described', async (row) => {
    const [method = '', path = '', status = ''] = row.split(' ');
    const driver = OWN[row] ?? REFUSED[status];
    expect(driver, 'Say above how this comes about, or do not promise it.').toBeDefined();
    expect((await driver!(method, path)).status).toBe(Number(status));
  });

  test('nothing is made to occur that is not promised', () => {
    expect(Object.keys(OWN).filter((row) => !promised.some(([one]) => one === row))).toEqual([]);
  });
});

describe('AsyncAPI', () => {
  /** What came on each channel, by name. */
  const came: Record<string, Map<string, object>> = {
    stream: new Map(),
    socket: new Map(),
    streamOfSeveral: new Map(),
  };

  beforeAll(async () => {
    const cancelled = await make(HELD);
    await ask('POST', `/api/jobs/${cancelled}/cancel`);
    const jobs = [await ended(VIDEO), await ended(FAILING), cancelled];
    await Promise.all([
      readStream('stream', `/api/jobs/${jobs[0]}/events?lastEventId=9999999999999-1`),
      readStream('streamOfSeveral', `/api/events?jobs=${jobs.join()}&lastEventId=nonsense`),
      readStream('streamOfSeveral', `/api/events?jobs=${jobs.join()},job-0&replay=all`),
      readSocket(`/api/jobs/${jobs[0]}/ws?lastEventId=nonsense`),
      ...jobs.flatMap((jobId) => [
        readStream('stream', `/api/jobs/${jobId}/events?replay=all`),
        readSocket(`/api/jobs/${jobId}/ws?replay=all`),
      ]),
    ]);
    const [, data] = /event: error\ndata: (.*)\n/.exec(late.stream!) ?? [];
    if (data) came.stream!.set('error', { type: 'error', data: JSON.parse(data) });
    for (const [message] of late.socket!.matchAll(/\{"type":"error".*?\}\}|\{"type":"retry".*?\}/g)) {
      const read = JSON.parse(message);
      came.socket!.set(`socket.${read.type}`, read);
    }
  });

  async function readStream(channel: string, path: string): Promise<void> {
    const stream = await openRawStream(server.url + path, { headers: as('ann') });
    await stream.ended;
    for (const { id, event, data } of stream.events) came[channel]!.set(event!, { id, type: event, data });
  }

  async function readSocket(path: string): Promise<void> {
    const socket = await openRawSocket(server.url + path, offering(KEYS.ann));
    await socket.closed;
    for (const message of socket.messages) came.socket!.set(`socket.${message.type}`, message);
  }

  const messages = Object.entries(asyncapi.channels).flatMap(([channel, { messages: names }]) =>
    Object.keys(names).map((name) => [channel, name] as const),
  );

  test.each(messages)('%s: %s comes, as described', (channel, name) => {
    const message = came[channel]!.get(name);
    expect(message, 'Say above how this comes about, or do not promise it.').toBeDefined();
    const differences =
      channel === 'socket'
        ? description.differencesOfMessage(message!)
        : description.differencesOfEvent(message as { type: string; data: unknown });
    expect(differences).toEqual([]);
  });

  test('nothing comes that is not promised', () => {
    const unknown = Object.entries(came).flatMap(([channel, found]) =>
      [...found.keys()].filter((name) => !messages.some(([one, promise]) => one === channel && promise === name)),
    );
    expect(unknown).toEqual([]);
    expect(late.streamOfSeveral).toMatch(/event: error\ndata: .*cannot be read/);
  });
});
