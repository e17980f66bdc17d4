/** A program of its own: opens and closes readers a thousand times and tells what is left. Ends by itself, or something holds it. */
import { getEventListeners, once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobWatcher } from '@aura-jobs/sdk';

export interface Leftovers {
  readonly cycles: number;
  /** Requests that were sent. */
  readonly calls: number;
  /** What keeps this program alive, beyond what did so before. */
  readonly resources: readonly string[];
  /** On the signal that all readers shared. */
  readonly listeners: number;
  /** That are open at the server, beside the one that asks. */
  readonly sockets: number;
  /** Growth of the heap from an early to a late cycle, in bytes. */
  readonly growth: number;
}

const CYCLES = 1000;
/** From here on everything that is made once has been made. */
const SETTLED = 200;
const SAMPLE_EVERY = 50;

const [url, name] = process.argv.slice(2) as [string, string];
const shared = new AbortController();
const { signal } = shared;
let calls = 0;
let lastCall = '';
const client = new AuraClient({
  baseUrl: url,
  retry: { initialDelayMs: 600_000, maxDelayMs: 600_000, jitter: false },
  fetch: (input, init) => {
    calls++;
    lastCall = String(input);
    return fetch(input, init);
  },
});

async function until(check: () => unknown): Promise<void> {
  while (!check()) await pause(0);
}

/** A callback that is heavy to keep. */
function weigh(): () => unknown {
  const ballast = Array.from({ length: 1000 }, (_, n) => n);
  return () => ballast.length;
}

const isSent = (end: string) => (): unknown => lastCall.endsWith(end);

async function watchUntil(jobId: string, reached: (watcher: JobWatcher) => unknown): Promise<JobWatcher> {
  lastCall = '';
  const watcher = client.watch(jobId, { signal });
  watcher.subscribe(weigh());
  await until(() => reached(watcher));
  return watcher;
}

const CYCLE: Record<string, () => Promise<unknown>> = {
  'watch, closed when open': async () =>
    (await watchUntil('open', ({ connection, snapshot }) => snapshot && connection.status === 'open')).close(),
  'watch, closed at once': async () => (await watchUntil('open', () => true)).close(),
  'watch, closed during the GET': async () => (await watchUntil('get-hangs', isSent('get-hangs'))).close(),
  'watch, closed in the middle of the GET’s answer': async () => {
    const watcher = await watchUntil('get-stops', isSent('get-stops'));
    await pause(1);
    watcher.close();
  },
  'watch, closed during the connect': async () => (await watchUntil('stream-hangs', isSent('/events'))).close(),
  'watch, closed during the wait': async () =>
    (await watchUntil('busy', ({ connection }) => connection.status === 'reconnecting')).close(),
  'watch, left when the job has ended': () => client.watch('ended', { signal }).done,
  'watch, left by break': async () => {
    for await (const _job of client.watch('open', { signal })) break;
  },
  'watch, aborted': async () => {
    const abort = new AbortController();
    const { done } = client.watch('open', { signal: abort.signal });
    setImmediate(() => abort.abort());
    await done.catch(() => {});
  },
  'watchAll, closed when open': async () => {
    const jobs = client.watchAll(['open', 'also-open'], { signal });
    await until(() => jobs.watchers.every(({ snapshot, connection }) => snapshot && connection.status === 'open'));
    jobs.close();
  },
  'events, left by break': async () => {
    for await (const _event of client.events('open', { signal })) break;
  },
  'events from the first on, left by break': async () => {
    for await (const _event of client.events('open', { signal, replay: 'all' })) break;
  },
  'subscribe, then unsubscribe': () =>
    new Promise<void>((resolve) => {
      const leave = client.subscribe('open', { onEvent: () => (leave(), resolve()), onState: weigh() });
    }),
};

/** The heap without its garbage. */
async function heap(): Promise<number> {
  const samples: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await pause(1);
    globalThis.gc!();
    samples.push(process.memoryUsage().heapUsed);
  }
  return Math.min(...samples);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

// Opened when they are first looked at, by whomever.
const { stdout } = process;
void process.stderr;
const before = process.getActiveResourcesInfo();
const samples: number[] = [];
for (let cycle = 1; cycle <= CYCLES; cycle++) {
  await CYCLE[name]!();
  if (cycle >= SETTLED && cycle % SAMPLE_EVERY === 0) samples.push(await heap());
}

// What a kernel or an agent still has to close is given its time, but only what this program can wait for.
const leftovers = (): string[] => {
  const left = process.getActiveResourcesInfo();
  for (const resource of before) left.splice(left.indexOf(resource), left.includes(resource) ? 1 : 0);
  return left;
};
for (let turn = 0; turn < 200 && leftovers().length > 0; turn++) await new Promise((resolve) => setImmediate(resolve));
const resources = leftovers();
// Connections that the agent keeps for later are nobody's; it waits for those that somebody still reads.
const AGENT = Symbol.for('undici.globalDispatcher.1');
await (globalThis as { [AGENT]?: { close(): Promise<void> } })[AGENT]?.close();
const openSockets = async (): Promise<number> => {
  const [response] = (await once(get(`${url}/sockets`, { agent: false }), 'response')) as [IncomingMessage];
  return Number(await text(response)) - 1;
};
let sockets = await openSockets();
for (let turn = 0; turn < 200 && sockets > 0; turn++) sockets = await openSockets();

const result: Leftovers = {
  cycles: CYCLES,
  calls,
  resources,
  sockets,
  listeners: getEventListeners(signal, 'abort').length,
  growth: median(samples.slice(-5)) - median(samples.slice(0, 5)),
};
stdout.write(JSON.stringify(result));
