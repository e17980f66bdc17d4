/** The embedded engine: one process, one SQLite file. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Engine, EngineOptions } from '../engine.ts';
import { openDatabase } from './database.ts';
import { InProcessQueue } from './in-process-queue.ts';
import { InProcessSlots } from './in-process-slots.ts';
import { signingKey } from './signing-key.ts';
import { SqliteArtifactLedger } from './sqlite-artifact-ledger.ts';
import { SqliteEventLog } from './sqlite-event-log.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';

export interface EmbeddedEngineOptions extends EngineOptions {
  readonly dataDir: string;
}

/** @throws {Error} another process uses the folder */
export function openEmbeddedEngine(options: EmbeddedEngineOptions): Engine {
  return embeddedEngine(openDatabase(join(options.dataDir, 'aura.sqlite')), options);
}

/** The same on a database that is open. */
export function embeddedEngine(
  database: DatabaseSync,
  { dataDir, concurrency, onError }: EmbeddedEngineOptions,
): Engine {
  return {
    log: new SqliteEventLog(database),
    store: new SqliteJobStore(database),
    queue: new InProcessQueue(database, { concurrency, onError }),
    ledger: new SqliteArtifactLedger(database),
    outbox: new SqliteOutbox(database),
    slots: new InProcessSlots(),
    rate: (_name, points, duration) => new RateLimiterMemory({ points, duration }),
    signingKey: async () => signingKey(join(dataDir, 'view-tokens.key')),
    close: async () => database.close(),
  };
}
