/** The outbox in SQLite. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ChannelName } from '../../notifications/notify-targets.ts';
import type { Delivery, Outbox } from '../../notifications/outbox.ts';

export class SqliteOutbox implements Outbox {
  readonly #insert: StatementSync;
  readonly #awaited: StatementSync;
  readonly #release: StatementSync;
  readonly #claim: StatementSync;
  readonly #postpone: StatementSync;
  readonly #done: StatementSync;
  readonly #next: StatementSync;
  readonly #depth: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT OR IGNORE INTO outbox (job_id, channel) VALUES (?, ?)');
    this.#awaited = database.prepare('SELECT DISTINCT job_id AS jobId FROM outbox WHERE due_at IS NULL');
    this.#release = database.prepare('UPDATE outbox SET due_at = ? WHERE job_id = ? AND due_at IS NULL');
    this.#claim = database.prepare(
      `UPDATE outbox SET due_at = ?, attempts = attempts + 1 WHERE (job_id, channel) IN
       (SELECT job_id, channel FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT ?)
       RETURNING job_id AS jobId, channel, attempts AS attempt`,
    );
    this.#postpone = database.prepare('UPDATE outbox SET due_at = ? WHERE job_id = ? AND channel = ?');
    this.#done = database.prepare('DELETE FROM outbox WHERE job_id = ? AND channel = ?');
    this.#next = database.prepare('SELECT min(due_at) AS dueAt FROM outbox WHERE due_at IS NOT NULL');
    this.#depth = database.prepare('SELECT count(*) AS count FROM outbox WHERE due_at IS NOT NULL');
    this.#delete = database.prepare('DELETE FROM outbox WHERE job_id = ?');
  }

  async add(jobId: string, channels: readonly ChannelName[]): Promise<void> {
    for (const channel of channels) this.#insert.run(jobId, channel);
  }

  async awaited(): Promise<string[]> {
    return this.#awaited.all().map(({ jobId }) => jobId as string);
  }

  async release(jobId: string, now: number): Promise<void> {
    this.#release.run(now, jobId);
  }

  async claim({ now, again, limit }: { now: number; again: number; limit: number }): Promise<Delivery[]> {
    return this.#claim.all(again, now, limit) as unknown as Delivery[];
  }

  async postpone({ jobId, channel }: Delivery, dueAt: number): Promise<void> {
    this.#postpone.run(dueAt, jobId, channel);
  }

  async done({ jobId, channel }: Delivery): Promise<void> {
    this.#done.run(jobId, channel);
  }

  async nextDueAt(): Promise<number | undefined> {
    return (this.#next.get()!.dueAt as number | null) ?? undefined;
  }

  async depth(): Promise<number> {
    return this.#depth.get()!.count as number;
  }

  async remove(jobId: string): Promise<void> {
    this.#delete.run(jobId);
  }
}
