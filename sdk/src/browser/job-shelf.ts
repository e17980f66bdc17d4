/** Where remembered jobs lie: in the browser's storage as long as it works, else in memory. */
import { isSeen } from '../protocol/event-id.ts';

/** What is kept of a job: enough to find it again, and nothing of what it is about. */
export interface RememberedJob {
  readonly jobId: string;
  /** The newest event that was seen; `null` for none. */
  readonly lastEventId: string | null;
}

/** The part of `localStorage` that is used. */
export type JobStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface Entry {
  readonly lastEventId: string | null;
  /** Unix ms. */
  readonly addedAt: number;
}

/** More would be a list that nobody looks through. */
const MOST_JOBS = 100;

/**
 * One entry for each job, so that tabs which write at the same time do not undo each other. Storage may be missing, full
 * or forbidden (private mode, sandboxed frames): what it refuses is remembered until the page is closed.
 */
export class JobShelf {
  readonly #prefix: string;
  readonly #given: JobStorage | undefined;
  readonly #unsaved = new Map<string, string>();

  constructor(key: string, storage: JobStorage | undefined) {
    this.#prefix = `${key}:`;
    this.#given = storage;
  }

  /** Newest first. */
  list(): RememberedJob[] {
    return this.#entries().map(({ jobId, lastEventId }) => ({ jobId, lastEventId }));
  }

  /** Adds a job. One that is here already keeps its place. */
  add(jobId: string): void {
    if (this.#read(jobId)) return;
    this.#write(jobId, { lastEventId: null, addedAt: Date.now() });
    for (const old of this.#entries().slice(MOST_JOBS)) this.remove(old.jobId);
  }

  /** Notes a newer cursor, unless the job was forgotten meanwhile, perhaps by another tab. */
  move(jobId: string, lastEventId: string): void {
    const entry = this.#read(jobId);
    if (entry && !isSeen(lastEventId, entry.lastEventId)) this.#write(jobId, { ...entry, lastEventId });
  }

  remove(jobId: string): void {
    this.#unsaved.delete(jobId);
    this.#try((storage) => storage.removeItem(this.#prefix + jobId));
  }

  #entries(): (RememberedJob & Entry)[] {
    const saved = this.#try((storage) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''),
    );
    const ids = (saved ?? []).flatMap((key) => (key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : []));
    return [...new Set([...ids, ...this.#unsaved.keys()])]
      .flatMap((jobId) => {
        const entry = this.#read(jobId);
        return entry ? { jobId, ...entry } : [];
      })
      .sort((a, b) => b.addedAt - a.addedAt);
  }

  /** What somebody else has put there is as good as nothing. */
  #read(jobId: string): Entry | undefined {
    const text = this.#unsaved.get(jobId) ?? this.#try((storage) => storage.getItem(this.#prefix + jobId));
    try {
      const { lastEventId, addedAt } = JSON.parse(text ?? '') as Partial<Entry>;
      if (typeof addedAt !== 'number') return undefined;
      return { lastEventId: typeof lastEventId === 'string' ? lastEventId : null, addedAt };
    } catch {
      return undefined;
    }
  }

  #write(jobId: string, entry: Entry): void {
    const text = JSON.stringify(entry);
    const saved = this.#try((storage) => {
      storage.setItem(this.#prefix + jobId, text);
      return true;
    });
    if (saved) this.#unsaved.delete(jobId);
    else this.#unsaved.set(jobId, text);
  }

  /** Even to name `localStorage` can throw. */
  #try<T>(use: (storage: JobStorage) => T): T | undefined {
    try {
      return use(this.#given ?? globalThis.localStorage);
    } catch {
      return undefined;
    }
  }
}
