/** The server dies before each single thing that it writes, and the next one makes the best of it: systematic where `crashes` is random. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../reference-server/src/engines/embedded/database.ts';
import { parseJobRequest } from '../../reference-server/src/jobs/job-request.ts';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { RawEvent } from '../reference-server/simulated-jobs.ts';
import { eventually } from '../support/eventually.ts';
import { startMortalSystem } from './crashes/mortal-system.ts';
import type { MortalSystem } from './crashes/mortal-system.ts';
import { faultsOfLog } from './crashes/verdict.ts';

const CALLER = { id: 'local' };
const SUCCEEDS = { events: 10, eventsPerSecond: 0 };
const FAILS = { ...SUCCEEDS, failAt: 6 };

/** What the dead one has acknowledged. */
interface Acks {
  readonly created: string[];
  readonly cancelled: string[];
  readonly deleted: string[];
  /** Its deletion has begun. */
  readonly doomed: string[];
}

const nothing = (): Acks => ({ created: [], cancelled: [], deleted: [], doomed: [] });

type Deed = (system: MortalSystem, acks: Acks) => Promise<void>;

const details = (idempotencyKey: string) => ({ correlationId: 'c', idempotencyKey });
const create = async ({ jobs }: MortalSystem, acks: Acks, inputs: object, key: string): Promise<string> => {
  const { jobId } = await jobs.create(parseJobRequest({ preset: 'simulated', inputs }), CALLER, details(key));
  acks.created.push(jobId);
  return jobId;
};
const until = (system: MortalSystem, jobId: string, status: (word: string) => boolean) =>
  eventually(async () => status((await system.hub.snapshot(jobId)).status));
const cancel = async ({ jobs }: MortalSystem, acks: Acks, jobId: string): Promise<void> => {
  await jobs.cancel(jobId, CALLER);
  acks.cancelled.push(jobId);
};

const DEEDS: Readonly<Record<string, Deed>> = {
  'a job succeeds': async (system, acks) => {
    const jobId = await create(system, acks, SUCCEEDS, 'one');
    await until(system, jobId, isEnd);
  },
  'a job fails and is retried': async (system, acks) => {
    const jobId = await create(system, acks, FAILS, 'one');
    await until(system, jobId, isEnd);
    const retry = await system.jobs.retry(jobId, CALLER, details('two'));
    acks.created.push(retry.jobId);
    await until(system, retry.jobId, isEnd);
  },
  'a running job is cancelled': async (system, acks) => {
    const jobId = await create(system, acks, { events: 1000, eventsPerSecond: 1000 }, 'one');
    await until(system, jobId, (word) => word === 'Running');
    await cancel(system, acks, jobId);
    await until(system, jobId, isEnd);
  },
  'a waiting job is cancelled': async (system, acks) => {
    const first = await create(system, acks, SUCCEEDS, 'one');
    const second = await create(system, acks, SUCCEEDS, 'two');
    await cancel(system, acks, second);
    await until(system, first, isEnd);
  },
  'an ended job is deleted': async (system, acks) => {
    const jobId = await create(system, acks, SUCCEEDS, 'one');
    await until(system, jobId, isEnd);
    acks.doomed.push(jobId);
    await system.jobs.remove(jobId, CALLER);
    acks.deleted.push(jobId);
  },
};

const isEnd = (word: string): boolean => isTerminal(word as never);

/** Lets a system die after `steps`, and starts another one in its place. @returns how many steps it took */
async function crashAfter(
  steps: number,
  deed: Deed,
  afterwards: (system: MortalSystem, acks: Acks, folder: string) => Promise<void>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-step-'));
  const database = openDatabase(join(folder, 'aura.sqlite'));
  // A process dies here, not the power: nothing has to wait for the disk.
  database.exec('PRAGMA synchronous = OFF');
  try {
    const acks = nothing();
    const system = startMortalSystem(folder, database, steps);
    system.work();
    await Promise.race([system.death, deed(system, acks).catch(() => system.death)]);
    await system.quiet();
    await afterwards(startMortalSystem(folder, database, Infinity), acks, folder);
    return system.steps;
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every job that there is ends, and everything that was acknowledged is so. */
async function judge(system: MortalSystem, acks: Acks, folder: string): Promise<void> {
  const left = { workspaces: [] as string[], artifacts: [] as string[] };
  const ids: string[] = [];
  for (const { record } of await system.store.list(undefined, { limit: 1000 })) {
    const { id } = record;
    ids.push(id);
    await until(system, id, isEnd);
    const events = await system.log.read(id, { limit: 10_000 });
    const log: RawEvent[] = events.map(({ id: eventId, type, json }) => ({
      id: eventId,
      type,
      data: JSON.parse(json),
    }));
    expect(faultsOfLog(id, log)).toEqual([]);
    const { status } = await system.hub.snapshot(id);
    if (status === 'Failed') left.workspaces.push(id);
    if (status === 'Succeeded') left.artifacts.push(id);
    if (acks.cancelled.includes(id)) expect(status).toBe('Canceled');
  }
  expect(ids).toEqual(expect.arrayContaining(acks.created.filter((id) => !acks.doomed.includes(id))));
  for (const id of acks.deleted) {
    expect(ids).not.toContain(id);
    expect(await system.log.read(id, { limit: 1 })).toEqual([]);
  }
  await eventually(async () => {
    const { waiting, running } = await system.queue.depth();
    return waiting + running === 0;
  });
  for (const [name, expected] of Object.entries(left)) {
    const found = existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : [];
    // A deletion that was not acknowledged may have taken the files of a job that is still there.
    expect(found.filter((entry) => !expected.includes(entry))).toEqual([]);
  }
}

describe.each(Object.entries(DEEDS))('%s', (name, deed) => {
  test('a crash before any step of it', async () => {
    const all = await crashAfter(Infinity, deed, judge);
    for (let steps = 0; steps < all; steps++)
      await crashAfter(steps, deed, async (next, acks, folder) => {
        // A client that had no answer asks again, while the new server is still sorting itself out.
        const again = create(next, nothing(), name.includes('fails') ? FAILS : SUCCEEDS, 'one');
        await Promise.all([next.jobs.recover(), again.catch(() => {})]);
        next.work();
        await judge(next, acks, folder);
      });
    expect(all).toBeGreaterThan(9);
  });
});

test('a job that was interrupted, and is cancelled while it waits for its turn, leaves nothing', async () => {
  const deed = DEEDS['a job succeeds']!;
  const all = await crashAfter(Infinity, deed, judge);
  for (let steps = 0; steps < all; steps++)
    await crashAfter(steps, deed, async (next, acks, folder) => {
      await next.jobs.recover();
      for (const jobId of acks.created)
        if (!isEnd((await next.hub.snapshot(jobId)).status)) await cancel(next, acks, jobId);
      next.work();
      await judge(next, acks, folder);
    });
});
