/** A job whose record was stored, but not its beginning: the disk was full in between. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptySnapshot } from '@aura-jobs/sdk/protocol';
import type { EventHub } from '../../reference-server/src/events/event-hub.ts';
import type { EventLog } from '../../reference-server/src/events/event-log.ts';
import type { JobQueue } from '../../reference-server/src/jobs/job-queue.ts';
import { parseJobRequest } from '../../reference-server/src/jobs/job-request.ts';
import { JobStarter } from '../../reference-server/src/jobs/job-starter.ts';
import type { JobRecord, JobStore } from '../../reference-server/src/jobs/job-store.ts';

const FULL = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });

let fault: Error | undefined;
let stored: JobRecord | undefined;
let queued: string[];
let starter: JobStarter;

beforeEach(() => {
  vi.useFakeTimers();
  [fault, stored, queued] = [FULL, undefined, []];
  starter = new JobStarter({
    store: {
      create: async (record: JobRecord) => (stored ??= record),
      get: async () => stored,
    } as Partial<JobStore> as JobStore,
    log: {
      async append() {
        if (fault) throw fault;
        return [];
      },
    } as Partial<EventLog> as EventLog,
    queue: { enqueue: async (jobId: string) => void queued.push(jobId) } as Partial<JobQueue> as JobQueue,
    hub: { snapshot: async (jobId: string) => emptySnapshot(jobId) } as Partial<EventHub> as EventHub,
  });
});

afterEach(() => void vi.useRealTimers());

const record = (): JobRecord => ({
  id: 'job-1',
  ownerId: 'ann',
  correlationId: 'c-1',
  createdAt: Date.now(),
  ...parseJobRequest({ brief: { topic: 'How tides work' } }),
  retryOf: null,
  attempt: 1,
});

test('is begun when there is space again', async () => {
  await expect(starter.start(record(), 'key')).rejects.toBe(FULL);
  await expect(starter.start(record(), 'key')).rejects.toBe(FULL);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(queued).toEqual([]);

  fault = undefined;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(queued).toEqual(['job-1']);
});

test('is let go when it was deleted meanwhile', async () => {
  await expect(starter.start(record(), 'key')).rejects.toBe(FULL);
  [fault, stored] = [undefined, undefined];
  await vi.advanceTimersByTimeAsync(60_000);
  expect([queued, vi.getTimerCount()]).toEqual([[], 0]);
});
