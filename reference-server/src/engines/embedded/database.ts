/** Opens the SQLite file of the embedded engine and keeps its schema. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// Ids count on over all jobs and restarts, so their newest value is kept apart from the events, which may be swept.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    record TEXT NOT NULL,
    idempotency_key TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    UNIQUE (owner_id, idempotency_key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS runs (
    job_id TEXT PRIMARY KEY,
    pause_requested INTEGER NOT NULL DEFAULT 0,
    provider TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS paused_runs ON runs (job_id) WHERE pause_requested = 1;
  CREATE INDEX IF NOT EXISTS jobs_by_owner ON jobs (owner_id, created_at DESC);
  CREATE INDEX IF NOT EXISTS jobs_by_age ON jobs (created_at DESC);
  CREATE TABLE IF NOT EXISTS events (
    job_id TEXT NOT NULL,
    ms INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    type TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (job_id, ms, counter)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ends ON events (ms) WHERE type IN ('job-completed', 'job-failed', 'job-cancelled');
  CREATE TABLE IF NOT EXISTS clock (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    ms INTEGER NOT NULL,
    counter INTEGER NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO clock VALUES (1, 0, 0);
  CREATE TABLE IF NOT EXISTS artifacts (
    job_id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    artifacts TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS artifacts_by_owner ON artifacts (owner_id, made_at DESC);
  CREATE INDEX IF NOT EXISTS artifacts_by_age ON artifacts (made_at);
  CREATE TABLE IF NOT EXISTS queue (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS outbox (
    job_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    due_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (job_id, channel)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS outbox_by_time ON outbox (due_at) WHERE due_at IS NOT NULL;
`;

/**
 * Opens or creates the database. What is committed survives a loss of power (WAL with full synchronisation).
 *
 * @param options.busyTimeoutMs how long to wait for a process that is just ending
 * @throws {Error} another process has it open: the embedded engine is one process
 */
export function openDatabase(file: string, { busyTimeoutMs = 5000 } = {}): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA locking_mode = EXCLUSIVE;`);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec(SCHEMA);
  } catch (cause) {
    if (!/locked/.test(String(cause))) throw cause;
    throw new Error(`Another server is using ${file}. Stop it, or choose another folder with AURA_DATA_DIR.`, {
      cause,
    });
  }
  return database;
}

/** Runs `work` in one transaction: all of it is kept, or none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
