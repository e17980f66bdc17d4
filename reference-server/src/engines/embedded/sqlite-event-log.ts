/** Event log in SQLite. What is appended in one turn of the event loop is committed together. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isEventId, isTerminalEvent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft, JobEventType } from '@aura-jobs/sdk/protocol';
import type { AppendOptions, EventLog, LoggedEvent } from '../../events/event-log.ts';
import { LogSealedError, toPayload } from '../../events/event-log.ts';
import { inTransaction } from './database.ts';

interface Waiting {
  readonly jobId: string;
  readonly events: readonly JobEventDraft[];
  readonly first: boolean;
  resolve(logged: readonly LoggedEvent[]): void;
  reject(error: unknown): void;
}

type Listener = (events: readonly LoggedEvent[]) => void;

interface Row {
  ms: number;
  counter: number;
  type: JobEventType;
  json: string;
}

export class SqliteEventLog implements EventLog {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #exists: StatementSync;
  readonly #any: StatementSync;
  readonly #terminal: StatementSync;
  readonly #endedBefore: StatementSync;
  readonly #delete: StatementSync;
  readonly #saveClock: StatementSync;
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Jobs that are known to have no terminal event yet: this process is the only one that writes. */
  readonly #open = new Set<string>();
  #waiting: Waiting[] = [];
  #ms: number;
  #counter: number;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO events (job_id, ms, counter, type, json) VALUES (?, ?, ?, ?, ?)');
    this.#select = database.prepare(
      'SELECT ms, counter, type, json FROM events WHERE job_id = ? AND (ms, counter) > (?, ?) ORDER BY ms, counter LIMIT ?',
    );
    this.#exists = database.prepare('SELECT 1 FROM events WHERE job_id = ? AND ms = ? AND counter = ?');
    this.#any = database.prepare('SELECT 1 FROM events WHERE job_id = ? LIMIT 1');
    this.#terminal = database.prepare(
      `SELECT 1 FROM events WHERE job_id = ? AND type IN ('job-completed', 'job-failed', 'job-cancelled') LIMIT 1`,
    );
    this.#endedBefore = database.prepare(
      `SELECT job_id AS jobId FROM events WHERE type IN ('job-completed', 'job-failed', 'job-cancelled') AND ms < ?
       ORDER BY ms LIMIT ?`,
    );
    this.#delete = database.prepare('DELETE FROM events WHERE job_id = ?');
    this.#saveClock = database.prepare('UPDATE clock SET ms = ?, counter = ?');
    const clock = database.prepare('SELECT ms, counter FROM clock').get() as { ms: number; counter: number };
    this.#ms = clock.ms;
    this.#counter = clock.counter;
  }

  append(
    jobId: string,
    events: readonly JobEventDraft[],
    { first = false }: AppendOptions = {},
  ): Promise<readonly LoggedEvent[]> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ jobId, events, first, resolve, reject });
    });
  }

  async read(
    jobId: string,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<LoggedEvent[]> {
    const [ms, counter] = after ? split(after) : [-1, -1];
    const rows = this.#select.all(jobId, ms, counter, limit) as unknown as Row[];
    return rows.map((row) => ({ id: `${row.ms}-${row.counter}`, type: row.type, json: row.json }));
  }

  async has(jobId: string, id: string): Promise<boolean> {
    return isEventId(id) && this.#exists.get(jobId, ...split(id)) !== undefined;
  }

  async newestId(): Promise<string> {
    return `${this.#ms}-${this.#counter}`;
  }

  async isSealed(jobId: string): Promise<boolean> {
    return !this.#isOpen(jobId);
  }

  async endedBefore(time: number, limit: number): Promise<string[]> {
    return this.#endedBefore.all(time, limit).map(({ jobId }) => jobId as string);
  }

  async remove(jobId: string): Promise<void> {
    this.#delete.run(jobId);
  }

  async check(): Promise<void> {
    this.#saveClock.run(this.#ms, this.#counter);
  }

  follow(jobId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(jobId) ?? new Set();
    this.#listeners.set(jobId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(jobId);
    };
  }

  /** Listeners are told with each commit. */
  async caughtUp(): Promise<void> {}

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const before = { ms: this.#ms, counter: this.#counter };
    const done: (() => void)[] = [];
    try {
      inTransaction(this.#database, () => {
        for (const waiting of batch) done.push(this.#write(waiting));
        this.#saveClock.run(this.#ms, this.#counter);
      });
    } catch (error) {
      // Nothing of the batch was kept, so its ids were never given out and the same clock serves the next batch.
      this.#ms = before.ms;
      this.#counter = before.counter;
      this.#open.clear();
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const tell of done) tell();
  }

  /** @returns what is to be told once the batch is durable */
  #write({ jobId, events, first, resolve, reject }: Waiting): () => void {
    if (!this.#isOpen(jobId)) return () => reject(new LogSealedError(jobId));
    if (first && this.#any.get(jobId)) return () => resolve([]);
    const logged = events.map(({ type, data }): LoggedEvent => {
      this.#ms = Math.max(this.#ms, Date.now());
      this.#counter++;
      const json = toPayload(jobId, data);
      this.#insert.run(jobId, this.#ms, this.#counter, type, json);
      return { id: `${this.#ms}-${this.#counter}`, type, json };
    });
    if (events.some(isTerminalEvent)) this.#open.delete(jobId);
    return () => {
      for (const listener of this.#listeners.get(jobId) ?? []) listener(logged);
      resolve(logged);
    };
  }

  #isOpen(jobId: string): boolean {
    if (this.#open.has(jobId)) return true;
    if (this.#terminal.get(jobId)) return false;
    this.#open.add(jobId);
    return true;
  }
}

function split(id: string): [number, number] {
  const [ms = -1, counter = -1] = id.split('-').map(Number);
  return [ms, counter];
}
