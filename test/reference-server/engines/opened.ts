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

/** What was asked of the engines of a kind. */
const asked = new Map<string, Set<string>>();

/** Every function of an engine and of its parts that no test has called on this kind. */
export function unaskedOf(kind: Kind, engine: Engine): string[] {
  const all = Object.entries(engine as unknown as Record<string, object>).flatMap(([part, value]) =>
    typeof value === 'function' ? part : methodsOf(value).map((name) => `${part}.${name}`),
  );
  return all.filter((name) => !asked.get(kind.name)?.has(name));
}

function methodsOf(part: object): string[] {
  const prototype = Object.getPrototypeOf(part) as object;
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' ? name : [],
  );
}

/** The same object, whose calls are noted. */
function noted<T extends object>(thing: T, path: string, names: Set<string>): T {
  return new Proxy(thing, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      const name = path + String(key);
      if (typeof value === 'object' && value !== null && path === '') return noted(value, `${name}.`, names);
      if (typeof value !== 'function') return value;
      names.add(name);
      return value.bind(target) as unknown;
    },
  });
}

export function useEngine(kind: Kind): Opened {
  let [storage, engine, folder] = [{} as Storage, {} as Engine, ''];
  const names = asked.get(kind.name) ?? new Set();
  asked.set(kind.name, names);
  const open = async (): Promise<Engine> => (engine = noted(await storage.open(), '', names));
  beforeEach(async () => {
    storage = await kind.create();
    await open();
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
      return open();
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
