/** Job records in SQLite. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UnknownPositionError } from '../../jobs/job-store.ts';
import type { JobRecord, JobStore, ProviderAtWork, ListedJob } from '../../jobs/job-store.ts';

const BEFORE_ALL = [Number.MAX_SAFE_INTEGER, 0] as const;

export class SqliteJobStore implements JobStore {
  readonly #insert: StatementSync;
  readonly #byKey: StatementSync;
  readonly #byId: StatementSync;
  readonly #byOwner: StatementSync;
  readonly #byAge: StatementSync;
  readonly #delete: StatementSync;
  readonly #all: StatementSync;
  readonly #setCancel: StatementSync;
  readonly #getCancel: StatementSync;
  readonly #setPause: StatementSync;
  readonly #getRun: StatementSync;
  readonly #paused: StatementSync;
  readonly #setProvider: StatementSync;
  readonly #deleteRun: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO jobs (id, owner_id, created_at, record, idempotency_key) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#byKey = database.prepare('SELECT record FROM jobs WHERE owner_id = ? AND idempotency_key = ?');
    this.#byId = database.prepare('SELECT record FROM jobs WHERE id = ?');
    const newestFirst = (whose: string): StatementSync =>
      database.prepare(
        `SELECT record, created_at || '-' || rowid AS position FROM jobs
         WHERE ${whose} (created_at, rowid) < (?, ?) ORDER BY created_at DESC, rowid DESC LIMIT ?`,
      );
    this.#byOwner = newestFirst('owner_id = ? AND');
    this.#byAge = newestFirst('');
    this.#delete = database.prepare('DELETE FROM jobs WHERE id = ?');
    this.#all = database.prepare('SELECT record FROM jobs ORDER BY created_at, rowid');
    this.#setCancel = database.prepare('UPDATE jobs SET cancel_requested = 1 WHERE id = ?');
    this.#getCancel = database.prepare('SELECT cancel_requested AS requested FROM jobs WHERE id = ?');
    const setRun = (column: string): StatementSync =>
      database.prepare(
        `INSERT INTO runs (job_id, ${column}) VALUES (?, ?) ON CONFLICT (job_id) DO UPDATE SET ${column} = excluded.${column}`,
      );
    this.#setPause = setRun('pause_requested');
    this.#setProvider = setRun('provider');
    this.#getRun = database.prepare('SELECT pause_requested AS pause, provider FROM runs WHERE job_id = ?');
    this.#paused = database.prepare(
      'SELECT id FROM runs JOIN jobs ON jobs.id = runs.job_id WHERE pause_requested = 1 AND owner_id = ?',
    );
    this.#deleteRun = database.prepare('DELETE FROM runs WHERE job_id = ?');
  }

  async create(record: JobRecord, idempotencyKey: string | undefined): Promise<JobRecord> {
    const { id, ownerId, createdAt } = record;
    const { changes } = this.#insert.run(id, ownerId, createdAt, JSON.stringify(record), idempotencyKey ?? null);
    if (changes > 0) return record;
    return (await this.getByKey(ownerId, idempotencyKey!))!;
  }

  async get(jobId: string): Promise<JobRecord | undefined> {
    return parse(this.#byId.get(jobId));
  }

  async getByKey(ownerId: string, idempotencyKey: string): Promise<JobRecord | undefined> {
    return parse(this.#byKey.get(ownerId, idempotencyKey));
  }

  async list(
    ownerId: string | undefined,
    { after, limit }: { after?: string | undefined; limit: number },
  ): Promise<ListedJob[]> {
    const position = after === undefined ? BEFORE_ALL : split(after);
    const rows =
      ownerId === undefined ? this.#byAge.all(...position, limit) : this.#byOwner.all(ownerId, ...position, limit);
    return rows.map((row) => ({ record: parse(row)!, position: row.position as string }));
  }

  async remove(jobId: string): Promise<void> {
    this.#deleteRun.run(jobId);
    this.#delete.run(jobId);
  }

  async *unqueued(): AsyncGenerator<JobRecord> {
    for (const row of this.#all.all()) yield parse(row)!;
  }

  async requestCancel(jobId: string): Promise<void> {
    this.#setCancel.run(jobId);
  }

  async isCancelRequested(jobId: string): Promise<boolean> {
    return this.#getCancel.get(jobId)?.requested === 1;
  }

  async requestPause(jobId: string, wanted: boolean): Promise<void> {
    this.#setPause.run(jobId, Number(wanted));
  }

  async isPauseRequested(jobId: string): Promise<boolean> {
    return this.#getRun.get(jobId)?.pause === 1;
  }

  async pausedOf(ownerId: string): Promise<string[]> {
    return this.#paused.all(ownerId).map(({ id }) => id as string);
  }

  async setProvider(jobId: string, provider: ProviderAtWork): Promise<void> {
    this.#setProvider.run(jobId, JSON.stringify(provider));
  }

  async providerOf(jobId: string): Promise<ProviderAtWork | undefined> {
    const { provider } = this.#getRun.get(jobId) ?? {};
    return typeof provider === 'string' ? (JSON.parse(provider) as ProviderAtWork) : undefined;
  }
}

/** Time and row: newer jobs come before it, and the job that stood there may be gone. */
function split(position: string): [number, number] {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(position);
  if (!match) throw new UnknownPositionError(position);
  return [Number(match[1]), Number(match[2])];
}

function parse(row: Record<string, unknown> | undefined): JobRecord | undefined {
  return row && (JSON.parse(row.record as string) as JobRecord);
}
