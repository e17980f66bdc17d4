/** Long polling as a stranger's client sees it: the stream's events, page by page. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import type { SessionStart } from '../../reference-server/src/events/event-stream-session.ts';
import { PageSink } from '../../reference-server/src/events/page-sink.ts';
import type { Page } from '../../reference-server/src/events/page-sink.ts';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { FragileLog, PAST_THE_MEMORY } from './fragile-log.ts';
import { finished, release, simulate, toEvent, typesOf } from './simulated-jobs.ts';
import type { RawEvent } from './simulated-jobs.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8', AURA_KEEPALIVE_MS: '50' });
});

afterAll(() => server.stop());

function poll(jobId: string, query: string, headers: Record<string, string> = {}): Promise<Answer> {
  return call(`${server.url}/api/jobs/${jobId}/events?${query}`, 'GET', undefined, headers);
}

/** Pages from a cursor on until there is nothing more. */
async function readAll(jobId: string, query: string): Promise<RawEvent[]> {
  const events: RawEvent[] = [];
  for (let page = await poll(jobId, `wait=25&${query}`); page.status === 200;) {
    events.push(...page.body.events);
    page = await poll(jobId, `wait=25&lastEventId=${page.body.lastEventId}`);
  }
  return events;
}

describe('a page', () => {
  test('of a first call is the current state, and its cursor leads on', async () => {
    const jobId = await simulate(server, { events: 5, eventsPerSecond: 0, hold: true });
    const { status, headers, body } = await poll(jobId, 'wait=25');

    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(body).toEqual({
      events: [
        {
          id: expect.stringMatching(/^\d{13}-\d+$/),
          type: 'job-status',
          data: { status: 'Queued', stage: 'Script', percent: 0, jobId, correlationId: expect.any(String) },
        },
      ],
      lastEventId: body.events[0].id,
    });
    await release(server, jobId);
    const rest = await readAll(jobId, `lastEventId=${body.lastEventId}`);
    expect(typesOf(rest).at(-1)).toBe('job-completed');
  });

  test('after page the whole log comes, none missing, none twice, 500 at a time', async () => {
    const { jobId, log } = await finished(server, { events: 3000, eventsPerSecond: 0 });
    const first = await poll(jobId, 'wait=0&replay=all');

    expect(first.body.events).toEqual(log.slice(0, 500));
    expect(first.body.lastEventId).toBe(log[499]!.id);
    expect(await readAll(jobId, 'replay=all')).toEqual(log);
    expect(await readAll(jobId, `lastEventId=${log[2900]!.id}`)).toEqual(log.slice(2901));
  });

  test('obeys the newer cursor of header and query', async () => {
    const { jobId, log } = await finished(server);
    const { body } = await poll(jobId, `wait=0&lastEventId=${log[3]!.id}`, { 'last-event-id': log[8]!.id! });

    expect(body.events).toEqual(log.slice(9));
  });

  test('after a lost cursor begins with an id-less resync', async () => {
    const { jobId, log } = await finished(server);
    for (const cursor of ['1699564800000-42', 'nonsense']) {
      const { body } = await poll(jobId, `wait=25&lastEventId=${cursor}`);
      expect(body.events[0]).toEqual({ type: 'resync', data: { resync: true, jobId } });
      expect(body.events.slice(1)).toEqual(log.slice(-2));
      expect(body.lastEventId).toBe(log.at(-1)!.id);
    }
  });

  test('after the terminal event is 204, of an unknown job 404', async () => {
    const { jobId, log } = await finished(server);

    expect((await poll(jobId, `wait=25&lastEventId=${log.at(-1)!.id}`)).status).toBe(204);
    expect(await poll('job-0000000000000000', 'wait=25')).toMatchObject({ status: 404, body: { code: 'JobNotFound' } });
  });

  test('can be asked for by HEAD', async () => {
    const jobId = await simulate(server, { hold: true });
    const { body } = await poll(jobId, 'wait=0');
    const response = await fetch(`${server.url}/api/jobs/${jobId}/events?wait=25&lastEventId=${body.lastEventId}`, {
      method: 'HEAD',
    });

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  });
});

describe('waiting', () => {
  test('ends with the first event', async () => {
    const jobId = await simulate(server, { events: 5, eventsPerSecond: 0, hold: true });
    const { body } = await poll(jobId, 'wait=0');
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
    const next = poll(jobId, `wait=30&lastEventId=${body.lastEventId}`);
    await stream.until((frames) => frames.filter(({ comment }) => comment).length >= 2);
    await release(server, jobId);
    const { events } = (await next).body as { events: RawEvent[] };
    await stream.ended;

    expect(events.length).toBeGreaterThan(0);
    expect(events).toEqual(stream.events.slice(1, events.length + 1).map(toEvent));
  });

  test.each(['0', '-5', '0.05', '0.5'])('of %s s without an event ends with the unchanged cursor', async (wait) => {
    const jobId = await simulate(server, { hold: true });
    const { lastEventId } = (await poll(jobId, 'wait=0')).body;

    expect(await poll(jobId, `wait=${wait}&lastEventId=${lastEventId}`)).toMatchObject({
      status: 200,
      body: { events: [], lastEventId },
    });
  });

  test.each(['', 'soon', '1e3', '5s', 'NaN'])('of "%s" is refused by name', async (wait) => {
    const jobId = await simulate(server, { hold: true });

    expect(await poll(jobId, `wait=${wait}`)).toMatchObject({
      status: 400,
      body: { code: 'InvalidInput', field: 'wait' },
    });
    expect((await poll(jobId, 'wait=1&wait=2')).body.field).toBe('wait');
  });

  test('ends at a shutdown with what there is', async () => {
    const own = await startReferenceServer();
    try {
      const jobId = await simulate(own, { hold: true });
      const url = `${own.url}/api/jobs/${jobId}/events?wait=30`;
      const { lastEventId } = (await call(url)).body;
      const waiting = call(`${url}&lastEventId=${lastEventId}`);
      // A request on another connection that was answered later: the poll has arrived.
      await call(`${own.url}/api/jobs/${jobId}`);

      expect(await own.terminate()).toBe(0);
      expect((await waiting).body).toEqual({ events: [], lastEventId });
    } finally {
      await own.stop();
    }
  });
});

describe('inside', () => {
  let http: Server;

  afterEach(() => {
    http.closeAllConnections();
    http.close();
  });

  /** Pages of one job after a cursor. */
  async function serve(log: FragileLog, after: string | undefined) {
    const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
    const start: SessionStart = { from: 'log', after };
    http = createServer((_request, response) => {
      const deliver = ({ frames, ending }: Page): void => void response.end(ending ?? String(frames.length));
      void hub.withChannel('job-1', async (source) =>
        hub.serve({ sink: new PageSink(response, { after, waitMs: 30_000 }, deliver), source, start }),
      );
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return { hub, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
  }

  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

  test('a client that hangs up leaves no listener and no timer', async () => {
    const { hub, url } = await serve(new FragileLog(), `1700000000000-${PAST_THE_MEMORY}`);
    const before = timers();
    const clients = Array.from({ length: 20 }, () => new AbortController());
    const answers = clients.map(({ signal }) => fetch(url, { signal }).catch(() => 'hung up'));
    await eventually(() => timers() >= 20);
    for (const client of clients) client.abort();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['hung up']));

    await hub.withChannel('job-1', (channel) => eventually(() => !channel.inUse));
    await eventually(() => timers() <= before);
  });

  test('a log that cannot be read is trouble, and one that is gone says so', async () => {
    const log = new FragileLog();
    const { url } = await serve(log, undefined);
    expect((await call(url)).body).toBe(500);
    log.broken = true;
    expect((await call(url)).body).toBe('trouble');
    log.broken = false;
    await log.remove();
    expect((await call(url)).body).toBe('gone');
  });
});
