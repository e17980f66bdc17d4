/**
 * Two API processes behind nginx, two workers, Redis: any of them is killed, again and again, while jobs run and are
 * read. Every reader has what is in the log, and every job ends. `KILLS=100` kills more often, `SEED=…` plays a run
 * again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import { startCluster } from '../../deploy/cluster/cluster.ts';
import type { Cluster } from '../../deploy/cluster/cluster.ts';
import { logOf } from '../reference-server/simulated-jobs.ts';
import type { RawEvent } from '../reference-server/simulated-jobs.ts';
import { createSeededRandom } from '../../reference-server/src/pipeline/seeded-random.ts';
import { findProgram } from '../support/installed-program.ts';
import { NGINX, OPENSSL, REDIS } from '../support/programs.ts';

const KILLS = Number(process.env.KILLS ?? 10);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Jobs that are there at the same time, and readers of each. */
const JOBS = 10;
const READERS = 3;
/** Every job ends within this time after the last kill. */
const END_MS = 180_000;

/** Impatient, and never giving up: the processes are back within a second. */
const RETRY = { initialDelayMs: 100, maxDelayMs: 1000, maxAttempts: Infinity };

interface Watched {
  readonly jobId: string;
  readonly cancelled: boolean;
  /** What each reader got. */
  readonly lists: string[][];
}

let folder: string;
let cluster: Cluster | undefined;
/** What the processes have said. */
const said: string[] = [];

afterEach(async () => {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

const newClient = (): AuraClient => new AuraClient({ baseUrl: cluster!.url, retry: RETRY });

/** Asks until there is an answer: what was asked for bears to be asked for again. */
async function insist<T>(
  ask: () => Promise<T>,
  enough: (error: unknown) => boolean = () => false,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (enough(error)) return undefined;
      await delay(100);
    }
  }
}

async function runJob(name: string, random: () => number): Promise<Watched> {
  const client = newClient();
  const inputs = { events: 20 + Math.floor(random() * 100), eventsPerSecond: 10 + Math.floor(random() * 40) };
  const cancelled = random() < 0.2;
  const cancelAfter = Math.floor(random() * inputs.events);
  const job = await insist(() => client.jobs.create({ preset: 'simulated', inputs }, { idempotencyKey: name }));
  const { jobId } = job!;
  const lists = await Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      const list: string[] = [];
      for await (const { id, type, raw } of newClient().events(jobId, { replay: 'all' })) {
        list.push(`${id} ${type} ${String(raw)}`);
        if (cancelled && reader === 0 && list.length === cancelAfter)
          void insist(
            () => client.jobs.cancel(jobId),
            // It has ended on its own.
            (error) => (error as { status?: number }).status === 409,
          );
      }
      return list;
    }),
  );
  return { jobId, cancelled, lists };
}

test(`${KILLS} kills under load`, async () => {
  console.log(`kills from seed ${SEED}; SEED=${SEED} KILLS=${KILLS} plays them again`);
  for (const program of [REDIS, OPENSSL, NGINX]) await findProgram(program);
  folder = await mkdtemp(join(tmpdir(), 'aura-kills-'));
  cluster = await startCluster({
    folder,
    onLine: (line) => void said.push(line),
    environment: {
      AURA_ALLOW_SIMULATION: '1',
      AURA_CONCURRENCY: '3',
      AURA_KEEPALIVE_MS: '1000',
      AURA_TAKE_OVER_AFTER_MS: '3000',
    },
  });

  const random = createSeededRandom(String(SEED)).next;
  const watched: Watched[] = [];
  let killing = true;
  const load = Array.from({ length: JOBS }, async (_, lane) => {
    const ownRandom = createSeededRandom(`${SEED} ${lane}`).next;
    for (let n = 0; killing; n++) watched.push(await runJob(`${lane}-${n}`, ownRandom));
  });

  const killed: Record<string, number> = {};
  for (let n = 0; n < KILLS; n++) {
    await delay(300 + random() * 2700);
    const victim = cluster.members[Math.floor(random() * cluster.members.length)]!;
    killed[victim.name] = (killed[victim.name] ?? 0) + 1;
    await victim.kill();
    await victim.ready;
  }
  killing = false;
  await Promise.race([Promise.all(load), stuck()]);
  console.log(`killed: ${JSON.stringify(killed)}; ${watched.length} jobs, ${watched.length * READERS} readers`);

  let events = 0;
  for (const { jobId, lists } of watched) {
    const log = await logOf(cluster, jobId);
    events += log.length;
    expectSound(log);
    const lines = log.map(({ id, type, data }) => `${id} ${type} ${JSON.stringify(data)}`);
    for (const list of lists) expect(list).toEqual(lines);
  }
  console.log(`${events} events logged`);
  expect(watched.length).toBeGreaterThanOrEqual(JOBS);
  expect(Object.values(killed).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
}, 1_800_000);

/** @throws {Error} names the jobs that have not ended, and what the processes said last */
async function stuck(): Promise<never> {
  await delay(END_MS, undefined, { ref: false });
  const jobs = await newClient().jobs.list({ status: ['Queued', 'Running'] });
  const names = jobs.map(({ jobId, status, percent }) => `${jobId} ${status} ${percent} %`);
  throw new Error(`These have not ended: ${names.join(', ')}\n${said.slice(-50).join('\n')}`);
}

function expectSound(log: readonly RawEvent[]): void {
  const ids = log.map(({ id }) => id!);
  expect(ids).toEqual([...new Set(ids)].sort(compareEventIds));
  const types = log.map(({ type }) => type);
  const ends = types.filter((type) => ['job-completed', 'job-failed', 'job-cancelled'].includes(type));
  expect(ends).toEqual([types.at(-1)]);
  expect(ends[0]).not.toBe('job-failed');
  const stages = log.flatMap(({ type, data }) => (type === 'step-status' ? [data.step] : []));
  expect(stages).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering'].slice(0, stages.length));
  expect(log.filter(({ data }) => data.status === 'Queued')).toHaveLength(1);
}
