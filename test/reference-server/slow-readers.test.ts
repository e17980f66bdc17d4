/** AC-62: readers that never read cost the server little, and the others nothing. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startOwnedServer } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { cancel, logOf, release, simulate, toEvent } from './simulated-jobs.ts';

const READERS = 1000;
/** For each of them. */
const MOST_BYTES = 64 * 1024;
/** More than any socket's buffers take in: a server that kept it for each reader would need gigabytes. */
const EVENTS = { events: 8000, eventsPerSecond: 400, padBytes: 600, hold: true };

let server: TestServer;

beforeAll(async () => {
  server = await startOwnedServer({
    AURA_AUTH_JWT_SECRET: '',
    AURA_AUTH_API_KEYS: '',
    AURA_STREAM_MAX_MS: '600000',
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
  });
});

afterAll(() => server.stop());

/** Resident memory of the server in bytes, without what is garbage by now. */
async function memory(): Promise<number> {
  const inspector = new WebSocket(/ws:\S+/.exec(server.output)![0]);
  await new Promise((resolve) => inspector.addEventListener('open', resolve));
  inspector.send('{"id":1,"method":"HeapProfiler.collectGarbage"}');
  await new Promise((resolve) => inspector.addEventListener('message', resolve));
  inspector.close();
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) * 1024;
}

/** A reader that asks for a stream, and takes nothing of it but its first bytes. */
async function stalled(path: string): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  await new Promise<void>((resolve) => {
    socket.once('data', () => {
      socket.pause();
      resolve();
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  });
  return socket;
}

/** The job as one reader that reads has it. @returns how late the last 1000 events were, as the 99th percentile, and all ids */
async function follow(jobId: string) {
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
  await release(server, jobId);
  let [late, seen] = [[] as number[], 0];
  stream
    .until((frames) => {
      const now = performance.timeOrigin + performance.now();
      for (const { event, data } of frames.slice(seen))
        if (event === 'step-progress') late.push(now - (data as { sentAt: number }).sentAt);
      seen = frames.length;
      late = late.slice(-1000);
      return false;
    })
    .catch(() => {});
  return {
    p99: () => (late.length < 1000 ? Infinity : late.toSorted((x, y) => x - y)[990]!),
    ended: stream.ended,
    ids: () => stream.events.map(({ id }) => id),
  };
}

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('Not run: readers that never read, whose memory is read from /proc.');

(isLinux ? test : () => {})(
  `AC-62: ${READERS} readers that never read: less than 64 kB each, and the one that reads is served in time`,
  { timeout: 300_000 },
  async () => {
    const alone = await follow(await simulate(server, { ...EVENTS, events: 4000 }));
    await alone.ended;

    const jobId = await simulate(server, { ...EVENTS, events: 1_000_000 });
    const before = await memory();
    const sockets: Socket[] = [];
    while (sockets.length < READERS)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => stalled(`/api/jobs/${jobId}/events`)))));
    const connected = await memory();
    const beside = await follow(jobId);
    // Awaited, since the machine may be busy with something else at first. `npm run bench neighbours` measures.
    await vi.waitUntil(() => beside.p99() < 2 * alone.p99(), { timeout: 150_000, interval: 100 });
    const p99 = beside.p99();
    const after = await memory();
    const each = (bytes: number): string => `${Math.round(bytes / READERS / 1024)} kB`;
    console.log(
      `each stalled reader: ${each(connected - before)} when connected, ${each(after - before)} after ${beside.ids().length} events; ` +
        `p99 ${alone.p99().toFixed(1)} ms alone, ${p99.toFixed(1)} ms beside ${READERS} stalled readers`,
    );
    expect((after - before) / READERS).toBeLessThan(MOST_BYTES);

    await cancel(server, jobId);
    await beside.ended;
    const log = await logOf(server, jobId);
    expect(beside.ids()).toEqual(log.map(({ id }) => id));

    // One that begins to read late has missed nothing, least of all the end.
    const late = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
    await late.ended;
    expect(late.events.map(toEvent)).toEqual(log);
    for (const socket of sockets) socket.destroy();
    await eventually(async () => (await openRawStream(`${server.url}/api/jobs/${jobId}/events`)).response.ok);
  },
);

test('AC-62: a reader that stalls and reads on later gets every event, the end as well', async () => {
  const jobId = await simulate(server, { ...EVENTS, events: 2000, eventsPerSecond: 0 });
  const socket = await stalled(`/api/jobs/${jobId}/events`);
  await release(server, jobId);
  const log = await logOf(server, jobId);
  let text = '';
  socket.on('data', (chunk) => void (text += String(chunk)));
  socket.resume();
  await eventually(() => text.includes('event: job-completed'));
  const ids = [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id);
  const [, ...rest] = log.map(({ id }) => id);
  expect(ids).toEqual(rest);
  socket.destroy();
});
