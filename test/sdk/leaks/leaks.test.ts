/** A thousand readers that come and go leave nothing: no timer, no listener, no socket, no memory (AC-35). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import type { Leftovers } from './cycles.ts';

const PROGRAM = fileURLToPath(new URL('./cycles.ts', import.meta.url));

/** What is kept of a reader weighs 8 kB or more (see below), so of 600 not a quarter would go unnoticed; plain `fetch` grows by half of this. */
const MOST_GROWTH = 1_000_000;
const WEIGHT = 'x'.repeat(4000);

let server: ScriptedServer;

beforeAll(async () => {
  const running = { status: 'Running', stage: 'TTS', percent: 20, message: WEIGHT, lastEventId: '1700000000000-1' };
  server = await startScriptedServer(({ url }, response) => {
    // No connection outlives its request, so those that are open belong to somebody.
    response.setHeader('connection', 'close');
    const { pathname, searchParams } = new URL(url!, 'http://localhost');
    const [jobId, below] = pathname.split('/').slice(3);
    const job = JSON.stringify({ ...running, jobId, ...(jobId === 'ended' && { status: 'Succeeded' }) });
    const ids = searchParams.get('ids')?.split(',');
    if (pathname === '/sockets') void server.connections().then((count) => response.end(String(count)));
    else if (ids) response.end(JSON.stringify({ jobs: ids.map((id) => ({ ...running, jobId: id })) }));
    else if (jobId === 'get-stops') response.write(job.slice(0, 10));
    else if (jobId === 'busy' && below) response.writeHead(503).end();
    else if (below || pathname === '/api/events') {
      if (jobId !== 'stream-hangs') openStream(response, frame('warning', { message: WEIGHT }, '1700000000000-2'));
    } else if (jobId !== 'get-hangs') response.end(job);
  });
});

afterAll(() => server.close());

test.each([
  ['watch, closed when open', 2],
  ['watch, closed at once', 0],
  ['watch, closed during the GET', 1],
  ['watch, closed in the middle of the GET’s answer', 1],
  ['watch, closed during the connect', 2],
  ['watch, closed during the wait', 2],
  ['watch, left when the job has ended', 1],
  ['watch, left by break', 1],
  ['watch, aborted', 0],
  ['watchAll, closed when open', 2],
  ['events, left by break', 1],
  ['events from the first on, left by break', 1],
  ['subscribe, then unsubscribe', 1],
])('AC-35 1,000 × %s', async (name, calls) => {
  const program = spawn(process.execPath, ['--expose-gc', '--conditions=aura-source', PROGRAM, server.url, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 50_000,
  });
  const exit = once(program, 'exit');

  const left = JSON.parse(await text(program.stdout)) as Leftovers;

  expect(left).toMatchObject({ cycles: 1000, resources: [], listeners: 0, sockets: 0 });
  expect(left.growth).toBeLessThan(MOST_GROWTH);
  // Nothing but an empty event loop ends it.
  expect(await exit).toEqual([0, null]);
  // Nothing that is left over serves the next reader.
  expect(left.calls).toBeGreaterThanOrEqual(1000 * calls);
});
