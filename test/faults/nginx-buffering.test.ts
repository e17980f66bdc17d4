/** A proxy that collects streams until they are whole: the news comes all the same (AC-69). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobEvent, JobWatcher } from '@aura-jobs/sdk';
import { auto, longPolling, sse, webSocket } from '@aura-jobs/sdk/transports';
import type { Transport } from '@aura-jobs/sdk/transports';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { startNginx } from '../support/nginx.ts';
import type { Nginx } from '../support/nginx.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

/** What the contract promises. */
const FIRST_PROGRESS_MS = 6000;
/** An installation may be part of it. */
const SETUP_MS = 300_000;

let server: TestServer;
let nginx: Nginx;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '4' });
}, SETUP_MS);

afterEach(() => nginx?.stop());

afterAll(() => server.stop());

async function simulate(inputs: object): Promise<string> {
  const { body } = await call(`${server.url}/api/jobs`, 'POST', { preset: 'simulated', inputs });
  return body.jobId;
}

async function release(jobId: string): Promise<void> {
  await call(`${server.url}/api/jobs/${jobId}/release`, 'POST');
}

async function logOf(jobId: string): Promise<string[]> {
  const raw = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await raw.ended;
  return raw.events.map(({ id, event, data }) => `${id} ${event} ${JSON.stringify(data)}`);
}

function connect(transport: Transport): AuraClient {
  return new AuraClient({ baseUrl: nginx.url, transport });
}

async function read(events: AsyncIterable<JobEvent>): Promise<string[]> {
  const list: string[] = [];
  for await (const { id, type, raw } of events) list.push(`${id} ${type} ${String(raw)}`);
  return list;
}

/** Every state of the connection, each once. */
function statesOf(watcher: JobWatcher): string[] {
  const states: string[] = [watcher.connection.status];
  watcher.subscribe(() => {
    const { status } = watcher.connection;
    if (status !== states.at(-1)) states.push(status);
  });
  return states;
}

describe('nginx that collects streams and passes no upgrades', () => {
  test(
    'shows nothing of a stream until its end',
    async () => {
      nginx = await startNginx(server.url, { collects: true, upgrades: false });
      const jobId = await simulate({ events: 30, eventsPerSecond: 20, hold: true });
      let begun = false;
      const whole = fetch(`${nginx.url}/api/jobs/${jobId}/events`).then((response) => {
        begun = true;
        return response.text();
      });
      const direct = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
      await release(jobId);
      await direct.until((frames) => frames.filter(({ event }) => event === 'step-progress').length >= 15);
      // A later request is answered meanwhile, so it is not that the proxy had no time.
      expect((await call(`${nginx.url}/api/jobs/${jobId}`)).body).toMatchObject({ status: 'Running' });
      expect(begun).toBe(false);

      // It was connected all the time: in the end everything comes at once.
      const seqs = [...(await whole).matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
      expect(seqs).toEqual(Array.from({ length: 30 }, (_, seq) => seq));
    },
    SETUP_MS,
  );

  test(
    'the first progress is there within 6 s, and all events are those of the log',
    async () => {
      nginx = await startNginx(server.url, { collects: true, upgrades: false });
      const jobId = await simulate({ events: 80, eventsPerSecond: 10, hold: true, warnAt: 5 });
      const everything = read(connect(auto()).events(jobId, { replay: 'all' }));

      const begunAt = performance.now();
      const watcher = connect(auto()).watch(jobId);
      const states = statesOf(watcher);
      await eventually(() => watcher.snapshot);
      expect(watcher.snapshot).toMatchObject({ status: 'Queued', percent: 0 });
      await release(jobId);
      const firstProgressMs = await new Promise<number>((resolve) => {
        const leave = watcher.subscribe(() => {
          if (!watcher.snapshot?.percent) return;
          leave();
          resolve(performance.now() - begunAt);
        });
      });
      process.stdout.write(`First progress behind nginx after ${Math.round(firstProgressMs)} ms.\n`);

      expect(firstProgressMs).toBeLessThan(FIRST_PROGRESS_MS);
      expect(await watcher.done).toMatchObject({ status: 'Succeeded', warnings: [{ step: 'Script' }] });
      expect(states).toEqual(['connecting', 'polling', 'closed']);
      expect(await everything).toEqual(await logOf(jobId));
    },
    SETUP_MS,
  );

  test(
    'when it is mended, the stream is there again, without a gap and without a repeat',
    async () => {
      nginx = await startNginx(server.url, { collects: true, upgrades: false });
      const client = connect(auto({ firstByteMs: 500, probeEveryMs: 300 }));
      const jobId = await simulate({ events: 400, eventsPerSecond: 40, hold: true });
      const watcher = client.watch(jobId);
      const states = statesOf(watcher);
      const everything = read(client.events(jobId, { replay: 'all' }));
      await release(jobId);
      await eventually(() => states.at(-1) === 'polling');
      await nginx.treat({ collects: false, upgrades: false });
      await eventually(() => states.at(-1) === 'open');
      await watcher.done;

      expect(states).toEqual(['connecting', 'polling', 'open', 'closed']);
      expect(await everything).toEqual(await logOf(jobId));
    },
    SETUP_MS,
  );
});

test(
  'nginx that collects streams but passes upgrades: the news comes on a WebSocket',
  async () => {
    nginx = await startNginx(server.url, { collects: true, upgrades: true });
    const used: string[] = [];
    const named =
      (name: string, transport: Transport): Transport =>
      (link) => {
        used.push(name);
        return transport(link);
      };
    const transport = auto({
      firstByteMs: 500,
      transports: [named('stream', sse), named('socket', webSocket), named('polling', longPolling())],
    });
    const client = connect(transport);
    const jobId = await simulate({ events: 60, eventsPerSecond: 20, hold: true });
    const watcher = client.watch(jobId);
    const states = statesOf(watcher);
    const everything = read(client.events(jobId, { replay: 'all' }));
    await release(jobId);
    await watcher.done;

    expect(states).toEqual(['connecting', 'open', 'closed']);
    expect(await everything).toEqual(await logOf(jobId));
    expect(used.toSorted()).toEqual(['socket', 'socket', 'stream', 'stream']);
  },
  SETUP_MS,
);
