/** The servers that are compared, each a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startReferenceServer } from '../../support/reference-server.ts';

/** A job whose events can be let loose. */
export interface Job {
  /** Where readers connect. */
  readonly url: string;
  /** Go on after this event to get everything that was missed. */
  readonly cursor: string;
  start(): Promise<unknown>;
}

export interface Contestant {
  readonly name: string;
  readonly pid: number;
  /** @param perSecond 0 for all as fast as they can be made */
  prepare(events: number, perSecond: number): Promise<Job>;
  stop(): Promise<unknown>;
}

export const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** @param atOnce a burst comes in one turn of the event loop, so that Node itself merges the writes */
export async function startBare({ atOnce = false } = {}): Promise<Contestant> {
  const child = spawn(process.execPath, ['--conditions=aura-source', program('bare-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(String(line))![0];
  let jobs = 0;
  return {
    name: atOnce ? 'bare, a burst in one turn' : 'bare node:http',
    pid: child.pid!,
    async prepare(events, perSecond) {
      const job = `?job=${++jobs}`;
      const start = perSecond > 0 ? `/play${job}&events=${events}&rate=${perSecond}` : `/burst${job}&events=${events}`;
      return {
        url: `${url}/events${job}`,
        cursor: '1-1',
        start: () => fetch(url + start + (atOnce ? '&at-once' : '')),
      };
    },
    stop: async () => (child.kill(), once(child, 'exit')),
  };
}

/** @param environment settings of the server */
export async function startReference(environment: Record<string, string> = {}): Promise<Contestant> {
  const server = await startReferenceServer({ AURA_CONCURRENCY: '4', ...environment });
  const call = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(server.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text ? (JSON.parse(text) as Record<string, unknown>) : {};
  };
  return {
    name: 'reference server',
    pid: server.pid,
    async prepare(events, perSecond) {
      const inputs = { events, eventsPerSecond: perSecond, hold: true };
      const path = `/api/jobs/${String((await call('/api/jobs', { preset: 'simulated', inputs })).jobId)}`;
      const { lastEventId } = await call(path);
      return {
        url: `${server.url}${path}/events`,
        cursor: String(lastEventId),
        start: () => call(`${path}/release`, {}),
      };
    },
    stop: () => server.stop(),
  };
}

/** Seconds of CPU that a process has used (Linux). */
export function cpuSeconds(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
  return (user! + system!) / 100;
}

/** Bytes of memory that a process holds (Linux). */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
}
