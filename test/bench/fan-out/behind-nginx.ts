/** What readers cost where nginx stands before one API process, as it is deployed: its real configuration, over HTTP/1.1 and HTTP/2. */
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../../deploy/cluster/cluster.ts';
import type { Cluster } from '../../../deploy/cluster/cluster.ts';
import { findProgram } from '../../support/installed-program.ts';
import { NGINX, OPENSSL, REDIS } from '../../support/programs.ts';
import { cpuSeconds, residentBytes } from './contestants.ts';
import { gather } from './crowd.ts';

const READERS = 5000;
const [EVENTS, PER_SECOND] = [100, 10] as const;

/** The ways to the API process: past nginx, and through it. */
const WAYS = {
  'the API process alone': { base: ({ apiUrls }: Cluster) => apiUrls[0]!, http2: false },
  'through nginx, HTTP/1.1': { base: ({ url }: Cluster) => url, http2: false },
  'through nginx, HTTP/2': { base: ({ httpsUrl }: Cluster) => httpsUrl, http2: true },
} as const;

/** A process and those that it has started. */
function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').filter(
    (entry) => /^\d+$/.test(entry) && statusOf(entry).includes(`\nPPid:\t${pid}\n`),
  );
  return [pid, ...children.map(Number)];
}

function statusOf(entry: string): string {
  try {
    return readFileSync(`/proc/${entry}/status`, 'utf8');
  } catch {
    return '';
  }
}

const sum = (pids: readonly number[], of: (pid: number) => number): number =>
  pids.reduce((all, pid) => all + of(pid), 0);

/** @returns a table as text */
export async function benchBehindNginx(): Promise<string> {
  for (const program of [REDIS, OPENSSL, NGINX]) await findProgram(program);
  const rows: string[] = [];
  for (const [name, { base, http2 }] of Object.entries(WAYS)) {
    const folder = await mkdtemp(join(tmpdir(), 'aura-behind-'));
    // New processes for each way: memory that was once used is used again.
    const cluster = await startCluster({ folder, apis: 1, workers: 1, environment: { AURA_ALLOW_SIMULATION: '1' } });
    try {
      rows.push(`  ${name.padEnd(26)} ${await figures(cluster, base(cluster), http2)}`);
    } finally {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  const what = `${READERS.toLocaleString('en')} readers of ${PER_SECOND} events a second, and before that of silence`;
  return [what, ...rows, ''].join('\n');
}

async function figures(cluster: Cluster, base: string, http2: boolean): Promise<string> {
  const pidOf = (name: string): number => cluster.members.find((member) => member.name === name)!.pid!;
  const call = async (path: string, body: object): Promise<{ jobId: string }> => {
    const response = await fetch(cluster.apiUrls[0]! + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { jobId: string };
  };
  const inputs = { events: EVENTS, eventsPerSecond: PER_SECOND, hold: true };
  const { jobId } = await call('/api/jobs', { preset: 'simulated', inputs });
  const url = `${base}/api/jobs/${jobId}/events`;
  // What the first ones bring about stays, and is not theirs.
  const first = gather({ url, count: 1000, http2 });
  await first.open;
  const [api, nginx] = [[pidOf('api-1')], familyOf(pidOf('nginx'))];
  const before = [api, nginx].map((pids) => sum(pids, residentBytes));
  const crowd = gather({ url, count: READERS, http2 });
  await crowd.open;
  const memory = [api, nginx].map((pids, n) => (sum(pids, residentBytes) - before[n]!) / READERS / 1000);
  const cpu = [api, nginx].map((pids) => sum(pids, cpuSeconds));
  await call(`/api/jobs/${jobId}/release`, {});
  await Promise.all([first.done, crowd.done]);
  const times = [api, nginx].map((pids, n) => sum(pids, cpuSeconds) - cpu[n]!);
  await Promise.all([first.leave(), crowd.leave()]);
  const each = times.map((seconds) => (seconds * 1e6) / (EVENTS * (READERS + 1000)));
  return (
    `memory of an idle reader: API ${memory[0]!.toFixed(1)} kB, nginx ${memory[1]!.toFixed(1)} kB; ` +
    `CPU of an event: API ${each[0]!.toFixed(1)} µs, nginx ${each[1]!.toFixed(1)} µs`
  );
}
