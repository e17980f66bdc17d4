/** A storage and the process on it, for each test of a suite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import type { Engine } from '../../../reference-server/src/engines/engine.ts';
import type { EventLog } from '../../../reference-server/src/events/event-log.ts';
import type { Kind, Storage } from './harness.ts';

export interface Opened {
  readonly engine: Engine;
  readonly storage: Storage;
  /** Where files may lie. */
  readonly folder: string;
  /** The process dies, `meanwhile` something happens, and the next one starts. */
  crash(meanwhile?: () => Promise<void>): Promise<Engine>;
}

export function useEngine(kind: Kind): Opened {
  let [storage, engine, folder] = [{} as Storage, {} as Engine, ''];
  beforeEach(async () => {
    storage = await kind.create();
    engine = await storage.open();
    folder = await mkdtemp(join(tmpdir(), 'aura-files-'));
  });
  afterEach(async () => {
    await engine.queue.close();
    await engine.close();
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get engine() {
      return engine;
    },
    get storage() {
      return storage;
    },
    get folder() {
      return folder;
    },
    async crash(meanwhile) {
      await engine.close();
      await meanwhile?.();
      return (engine = await storage.open());
    },
  };
}

export const warning = (message: string): JobEventDraft => ({
  type: 'warning',
  data: { message, step: 'Script', correlationId: 'c' },
});

/** A terminal event. */
export const end = (type: 'job-cancelled' | 'job-completed' | 'job-failed' = 'job-cancelled'): JobEventDraft =>
  ({
    type,
    data: { status: 'Cancelled', stage: 'Script', message: '', correlationId: 'c' },
  }) as unknown as JobEventDraft;

export const typesOf = async (log: EventLog, jobId: string) =>
  (await log.read(jobId, { limit: 1000 })).map(({ type }) => type);
