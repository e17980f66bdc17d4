/** The ledger of artifacts in SQLite. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { ArtifactLedger, LedgerEntry, Usage } from '../../artifacts/artifact-ledger.ts';

export class SqliteArtifactLedger implements ArtifactLedger {
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  readonly #delete: StatementSync;
  readonly #usage: StatementSync;
  readonly #ofOwner: StatementSync;
  readonly #ofAll: StatementSync;
  readonly #before: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?, ?)');
    this.#get = database.prepare('SELECT * FROM artifacts WHERE job_id = ?');
    this.#delete = database.prepare('DELETE FROM artifacts WHERE job_id = ?');
    this.#usage = database.prepare(
      'SELECT coalesce(sum(bytes), 0) AS bytes, coalesce(min(made_at), 0) AS oldestAt FROM artifacts WHERE owner_id = ?',
    );
    this.#ofOwner = database.prepare('SELECT * FROM artifacts WHERE owner_id = ? ORDER BY made_at DESC LIMIT ?');
    this.#ofAll = database.prepare('SELECT * FROM artifacts ORDER BY made_at DESC LIMIT ?');
    this.#before = database.prepare('SELECT job_id AS jobId FROM artifacts WHERE made_at < ? ORDER BY made_at LIMIT ?');
  }

  async put({ jobId, ownerId, correlationId, madeAt, artifacts }: LedgerEntry): Promise<void> {
    const bytes = artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    this.#put.run(jobId, ownerId, correlationId, madeAt, bytes, JSON.stringify(artifacts));
  }

  async get(jobId: string): Promise<LedgerEntry | undefined> {
    const row = this.#get.get(jobId);
    return row && toEntry(row);
  }

  async remove(jobId: string): Promise<void> {
    this.#delete.run(jobId);
  }

  async usageOf(ownerId: string): Promise<Usage> {
    return this.#usage.get(ownerId) as unknown as Usage;
  }

  async recent(ownerId: string | undefined, limit: number): Promise<LedgerEntry[]> {
    return (ownerId === undefined ? this.#ofAll.all(limit) : this.#ofOwner.all(ownerId, limit)).map(toEntry);
  }

  async madeBefore(time: number, limit: number): Promise<string[]> {
    return this.#before.all(time, limit).map(({ jobId }) => jobId as string);
  }
}

function toEntry(row: Record<string, unknown>): LedgerEntry {
  return {
    jobId: row.job_id as string,
    ownerId: row.owner_id as string,
    correlationId: row.correlation_id as string,
    madeAt: row.made_at as number,
    artifacts: JSON.parse(row.artifacts as string) as Artifact[],
  };
}
