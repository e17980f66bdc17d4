/** One burst to a thousand readers: delivered events per second and CPU per delivered event, as ratios to the bare server. */
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startReferenceServer } from '../support/reference-server.ts';
import { median } from './measure.ts';
import type { ReaderReport } from './readers.ts';

const READERS = 1000;
const EVENTS = 200;
const ROUNDS = 7;

interface Delivery {
  /** Delivered events per second of wall time. */
  readonly rate: number;
  /** CPU time of the server per delivered event, in µs. */
  readonly cpu: number;
}

/** A server that can be told to hold a stream and to let a burst loose. */
interface Contestant {
  readonly pid: number;
  /** @returns where readers connect, and what starts the burst */
  prepare(): Promise<{ url: string; burst: () => Promise<unknown> }>;
  stop(): Promise<unknown>;
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function startBare(): Promise<Contestant> {
  const child = spawn(process.execPath, ['--conditions=aura-source', program('bare-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(String(line))![0];
  return {
    pid: child.pid!,
    prepare: async () => ({ url: `${url}/events`, burst: () => fetch(`${url}/go?events=${EVENTS}`) }),
    stop: async () => (child.kill(), once(child, 'exit')),
  };
}

async function startReference(): Promise<Contestant> {
  const server = await startReferenceServer();
  const post = (path: string, body: unknown = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    pid: server.pid,
    async prepare() {
      const inputs = { events: EVENTS, eventsPerSecond: 0, hold: true };
      const created = await post('/api/jobs', { preset: 'simulated', inputs });
      const { jobId } = (await created.json()) as { jobId: string };
      return { url: `${server.url}/api/jobs/${jobId}/events`, burst: () => post(`/api/jobs/${jobId}/release`) };
    },
    stop: () => server.stop(),
  };
}

async function deliver(contestant: Contestant): Promise<Delivery> {
  const { url, burst } = await contestant.prepare();
  const { hostname, port, pathname } = new URL(url);
  const readers = fork(program('readers.ts'), [hostname, port, pathname, String(READERS)], {
    execArgv: ['--conditions=aura-source'],
  });
  const [open] = (await once(readers, 'message')) as [ReaderReport];
  const cpuBefore = cpuTime(contestant.pid);
  const start = performance.now();
  const end = once(readers, 'message') as Promise<[ReaderReport]>;
  await burst();
  const [done] = await end;
  const seconds = (performance.now() - start) / 1000;
  const cpuSeconds = cpuTime(contestant.pid) - cpuBefore;
  readers.disconnect();
  const each = done.events - open.events;
  if (each < EVENTS || done.least < 0.9) throw new Error(`A reader got only ${each * done.least} of ${EVENTS} events.`);
  const events = each * READERS;
  return { rate: events / seconds, cpu: (cpuSeconds * 1e6) / events };
}

/** Seconds of CPU that a process has used (Linux). */
function cpuTime(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
  return (user! + system!) / 100;
}

/** @returns a table as text */
export async function benchFanOut(): Promise<string> {
  const contestants = { 'bare node:http': await startBare(), 'reference server': await startReference() };
  const deliveries = new Map<string, Delivery[]>();
  try {
    // The first round warms up.
    for (let round = -1; round < ROUNDS; round++) {
      for (const [name, contestant] of Object.entries(contestants)) {
        const delivery = await deliver(contestant);
        if (round >= 0) deliveries.set(name, [...(deliveries.get(name) ?? []), delivery]);
      }
    }
  } finally {
    await Promise.all(Object.values(contestants).map((contestant) => contestant.stop()));
  }
  const rows = [...deliveries].map(([name, all]) => ({
    name,
    rate: median(all.map(({ rate }) => rate)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
  const [bare] = rows;
  return [
    `a burst of ${EVENTS} events to ${READERS} readers`,
    ...rows.map(
      ({ name, rate, cpu }) =>
        `  ${name.padEnd(20)} ${(rate / bare!.rate).toFixed(2).padStart(5)} × events/s (${Math.round(rate / 1000)} k/s)` +
        `  ${(cpu / bare!.cpu).toFixed(2).padStart(5)} × CPU per event (${cpu.toFixed(1)} µs)`,
    ),
    '',
  ].join('\n');
}
