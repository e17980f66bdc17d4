/** What this program knows of one job, shared by all its readers (AC-37). */
import type { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { JobNotFoundError } from '../errors/job-not-found-error.ts';
import { report } from '../errors/report.ts';
import { isSeen } from '../protocol/event-id.ts';
import { isTerminalEvent } from '../protocol/job-events.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { foldEvents } from '../protocol/reduce-job.ts';
import { stateEvents } from '../protocol/state-events.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import type { JobConnection } from './connect-jobs.ts';

/** Somebody who wants to hear of the job. No callback runs before `attach` has returned, and none after leaving. */
export interface JobReader {
  onEvent?(event: JobEvent): void;
  /** The connection changed. */
  onState?(state: ConnectionState): void;
  /** The snapshot or the connection changed; once for all events that came together. A reader that has this makes the feed read `GET` as well. */
  onChange?(): void;
  /** A failed attempt, or an event that could not be read. */
  onError?(error: AuraError): void;
}

export interface FeedOptions {
  readonly jobId: string;
  /** Opens the connection, or gives the one that is shared with other jobs. */
  readonly connect: (feed: JobFeed) => JobConnection;
  /** Asks `GET`. */
  readonly read: (signal: AbortSignal, jobId: string) => Promise<JobSnapshot>;
  /** Start after this event. */
  readonly lastEventId?: string | undefined;
  /** The reader asked for a part of the log, so it gets nothing but the log. */
  readonly exact?: boolean;
  /** The last reader has left, or the job has ended: a later reader needs a new feed. */
  readonly onOver?: () => void;
}

/**
 * Takes one job's events, in order and each once, and folds them into a snapshot. Connects with the first reader and
 * lets go with the last; ends by itself with the terminal event.
 */
export class JobFeed {
  readonly jobId: string;
  connection: ConnectionState = { status: 'connecting' };
  /** No more events will come. */
  over = false;
  /** Position in the log up to which events were delivered. */
  cursor: string;
  readonly #options: FeedOptions;
  readonly #readers = new Set<JobReader>();
  /** Readers of events that have not been told the current state yet, and those that have. */
  readonly #late = new Set<JobReader>();
  readonly #greeted = new Set<JobReader>();
  /** Ends what goes on beside the stream. */
  readonly #abort = new AbortController();
  #link: JobConnection | undefined;
  #snapshot: JobSnapshot | null = null;
  /** The snapshot that the readers know of. */
  #told: JobSnapshot | null = null;
  /** Events that the snapshot does not hold yet: those of one read are folded at once, when somebody looks. */
  #waiting: JobEvent[] = [];
  #snapshotRead = false;
  /** Events that came while `GET` is under way, and only then: they may be newer than its answer. */
  #meanwhile: JobEvent[] | undefined;
  /** `GET` is asked for what a lost cursor left out: until it has answered, nobody is told of a state with a hole in it. */
  #gap: Promise<void> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.jobId = options.jobId;
    this.cursor = options.lastEventId ?? '';
  }

  /** `null` until something is known of the job. */
  get snapshot(): JobSnapshot | null {
    if (this.#waiting.length) {
      this.#snapshot = foldEvents(this.#snapshot ?? emptySnapshot(this.jobId), this.#waiting);
      this.#waiting = [];
    }
    return this.#snapshot;
  }

  /** When something was heard last, in Unix ms; 0 for never. */
  get lastNewsAt(): number {
    return this.#link?.lastNewsAt ?? 0;
  }

  /** Adds a reader. @returns a function that removes it; safe to call twice */
  attach(reader: JobReader): () => void {
    this.#readers.add(reader);
    if (reader.onEvent) (this.#options.exact ? this.#greeted : this.#late).add(reader);
    if (this.#link) {
      queueMicrotask(() => {
        if (!this.#readers.has(reader)) return;
        if (reader.onChange && !this.#snapshotRead && !this.#meanwhile) void this.#verify();
        this.#greet();
        if (this.connection.status === 'connecting') return;
        this.#tell((one) => one === reader && one.onState?.(this.connection));
      });
    } else this.#link = this.#options.connect(this);
    return () => {
      this.#readers.delete(reader);
      this.#late.delete(reader);
      this.#greeted.delete(reader);
      if (!this.#readers.size) this.#finish();
    };
  }

  /** Tries again now, with a fresh count of attempts. */
  reconnect(): void {
    if (!this.over) this.#link?.reconnect();
  }

  /**
   * Before each connection: readers of snapshots start from `GET`, which also tells how a job ended while nobody was
   * connected.
   */
  async prepare(signal: AbortSignal): Promise<void> {
    if (!this.#hasReader(({ onChange }) => onChange) && (this.#options.exact || !this.snapshot || this.cursor)) return;
    await this.#readSnapshot(signal);
    const { snapshot } = this;
    this.cursor ||= snapshot?.lastEventId ?? '';
    // Without ids no stream can tell what was missed.
    if (!this.cursor && snapshot && isTerminal(snapshot.status)) this.#closedByServer();
  }

  /** Takes an event, unless it was taken before. */
  receive(event: JobEvent): void {
    const { id, type } = event;
    if (this.over || isSeen(id, this.cursor)) return;
    // After a lost cursor the state comes from the beginning, whatever was seen before (AC-08).
    if (type === 'resync') this.cursor = '';
    else if (id) this.cursor = id;
    // What the server says first is the greeting.
    if (this.#late.size) {
      this.#greet();
      this.#welcome();
    }
    for (const reader of this.#greeted) report((told) => reader.onEvent?.(told), event);
    this.#meanwhile?.push(event);
    // Without a reader of snapshots nobody sees the states between, and one that comes later asks `GET`.
    const superseded = !this.#snapshotRead && type === 'step-progress' && this.#waiting.at(-1)?.type === type;
    if (superseded) this.#waiting[this.#waiting.length - 1] = event;
    else if (this.#waiting.push(event) === 1) queueMicrotask(() => this.#tellChange());
    const suspected = suspectsStall(event);
    // Events alone cannot tell the state after a lost cursor, and when a failure may be none (AC-45).
    if (type === 'resync') {
      const gap = (this.#gap = this.#verify().then(() => {
        if (this.#gap === gap) this.#gap = undefined;
        this.#tellChange();
      }));
    } else if (suspected) void this.#verify();
    if (isTerminalEvent(event) && !suspected) this.#end();
    // Backends of the original family open a stream for a job that they do not have, to say so (C-27).
    if (type === 'error' && /^job .*not found/i.test(event.data.message))
      this.giveUp(new JobNotFoundError(event.data.message, { code: 'JobNotFound' }));
  }

  #end(): void {
    if (this.#gap) return void this.#gap.then(() => this.#end());
    this.#tellChange();
    this.#finish();
  }

  setConnection(state: ConnectionState): void {
    if (this.over) return;
    if (this.#gap) return void this.#gap.then(() => this.setConnection(state));
    // Nobody is called before `attach` has returned.
    if (!this.#link) this.connection = state;
    else if (state.status === 'closed' && !this.#options.exact) this.#closedByServer();
    else this.#become(state);
  }

  /** This job cannot be followed, whatever becomes of the connection. */
  giveUp(error: AuraError): void {
    this.over = true;
    this.#link?.close();
    this.fail(error);
    this.#become({ status: 'failed', error });
  }

  fail(error: AuraError): void {
    this.#tell((reader) => reader.onError?.(error));
  }

  async #readSnapshot(signal: AbortSignal): Promise<void> {
    const meanwhile: JobEvent[] = (this.#meanwhile = []);
    let fresh: JobSnapshot;
    try {
      fresh = await this.#options.read(signal, this.jobId);
    } finally {
      if (this.#meanwhile === meanwhile) this.#meanwhile = undefined;
    }
    this.#snapshotRead = true;
    // Newer events are folded into the answer, so it is kept whole however late it comes (AC-61).
    fresh = foldEvents(fresh, meanwhile);
    const known = this.snapshot;
    this.#snapshot = !known ? fresh : isAhead(known, fresh) ? withFacts(known, fresh) : withHistory(fresh, known);
    this.#tellChange();
    this.#greet();
  }

  #verify(): Promise<void> {
    const { signal } = this.#abort;
    return this.#readSnapshot(signal).catch((error: AuraError) => {
      if (!signal.aborted) this.fail(error);
    });
  }

  #tellChange(): void {
    const { snapshot } = this;
    if (this.over || this.#gap || snapshot === this.#told) return;
    this.#told = snapshot;
    this.#tell((reader) => reader.onChange?.());
    // The terminal event itself may still be on its way to readers of events.
    const ended = snapshot && isTerminal(snapshot.status);
    if (ended && !this.#greeted.size) {
      this.#greet();
      this.#finish();
    }
  }

  /** Nothing more will come. If `GET` knows how the job ended, that is its end; a closed stream alone is not (rule 9). */
  #closedByServer(): void {
    const { snapshot } = this;
    if (this.over) return;
    if (snapshot && isTerminal(snapshot.status)) {
      const ending = stateEvents(snapshot).at(-1)!;
      this.#tell((reader) => reader.onEvent?.(ending));
      return this.#finish();
    }
    const error = new ConnectionError(`The server ended the events of job ${this.jobId} before the job.`, {
      code: 'ConnectionLost',
    });
    this.fail(error);
    this.#become({ status: 'failed', error });
  }

  /** A reader that comes late hears the current state first, as it would from a connection of its own. */
  #greet(): void {
    const { snapshot } = this;
    if (!snapshot || !this.#late.size) return;
    const late = this.#welcome();
    for (const event of stateEvents(snapshot)) this.#tell((reader) => late.includes(reader) && reader.onEvent?.(event));
  }

  #welcome(): JobReader[] {
    const late = [...this.#late];
    this.#late.clear();
    for (const reader of late) this.#greeted.add(reader);
    return late;
  }

  #hasReader(test: (reader: JobReader) => unknown): boolean {
    return [...this.#readers].some(test);
  }

  /** Calls all readers; one that leaves meanwhile is not called any more. */
  #tell(callback: (reader: JobReader) => unknown): void {
    for (const reader of this.#readers) report(callback, reader);
  }

  #finish(): void {
    if (this.over) return;
    this.over = true;
    this.#abort.abort();
    this.#options.onOver?.();
    this.#link?.close();
    this.#become({ status: 'closed' });
  }

  #become(state: ConnectionState): void {
    this.connection = state;
    // A later reader starts afresh; those that are here may still ask for a reconnect.
    if (state.status === 'failed') this.#options.onOver?.();
    this.#tell((reader) => reader.onState?.(state));
    this.#tell((reader) => reader.onChange?.());
  }
}

/** A backend may answer with less than this feed has seen already. */
function isAhead(known: JobSnapshot, fresh: JobSnapshot): boolean {
  if (isTerminal(known.status) !== isTerminal(fresh.status)) return isTerminal(known.status);
  if (known.lastEventId && fresh.lastEventId) {
    return known.lastEventId !== fresh.lastEventId && isSeen(fresh.lastEventId, known.lastEventId);
  }
  return known.percent > fresh.percent;
}

/** What a backend has told but does not answer. One that says up to which event it answers, answers everything. */
function withHistory(job: JobSnapshot, { warnings, logs, stepScale }: JobSnapshot): JobSnapshot {
  return job.lastEventId ? job : { ...job, warnings, logs, ...(stepScale && { stepScale }) };
}

/** What no event says and no event changes. */
function withFacts(job: JobSnapshot, { title, createdAt, retryOf, attempt }: JobSnapshot): JobSnapshot {
  return { ...job, title, createdAt, retryOf, attempt };
}

function suspectsStall(event: JobEvent): boolean {
  return event.type === 'job-failed' && event.data.errors[0]?.code === 'STALL_TIMEOUT';
}
