/** What this program knows of one job, shared by all its readers (AC-37). */
import type { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { JobNotFoundError } from '../errors/job-not-found-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { report } from '../errors/report.ts';
import { isSeen } from '../protocol/event-id.ts';
import { isTerminalEvent } from '../protocol/job-events.ts';
import type { ErrorData, JobEvent } from '../protocol/job-events.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { parseJobEvent } from '../protocol/parse-job-event.ts';
import { foldEvents } from '../protocol/reduce-job.ts';
import { stateEvents } from '../protocol/state-events.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import type { StreamEvent } from '../sse/event-stream.ts';
import type { JobConnection } from './connect-jobs.ts';

const PROGRESS = 'step-progress';

/** So many events are folded although nobody looks, so that they do not pile up. */
const MANY = 256;

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

/** An event, or the frame of one that is parsed when somebody looks at it: a burst of progress is seldom read one by one. */
export type Unopened = JobEvent | StreamEvent;

/** As {@link JobReader}, or one that keeps the events and opens them later. */
export interface FeedReader extends JobReader {
  take?(event: Unopened): void;
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
  readonly #readers = new Set<FeedReader>();
  /** Readers of events that have not been told the current state yet, and those that have. */
  readonly #late = new Set<FeedReader>();
  readonly #greeted = new Set<FeedReader>();
  /** Ends what goes on beside the stream. */
  readonly #abort = new AbortController();
  #link: JobConnection | undefined;
  #snapshot: JobSnapshot | null = null;
  /** The readers have not been told yet. */
  #changed = false;
  /** Events that the snapshot does not hold yet: they are folded at once, when somebody looks. */
  #waiting: Unopened[] = [];
  /** The newest of them is progress, which the next progress makes worthless. */
  #superseding = false;
  /** The frame that was opened last. */
  #lastFrame: Unopened | undefined;
  #lastEvent: JobEvent | undefined;
  readonly #unreadable = new WeakSet<Unopened>();
  #snapshotRead = false;
  /** Events that came while `GET` is under way, and only then: they may be newer than its answer. */
  #meanwhile: Unopened[] | undefined;
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
      const waiting = this.#waiting;
      this.#waiting = [];
      this.#superseding = false;
      this.#snapshot = this.#fold(this.#snapshot ?? emptySnapshot(this.jobId), waiting);
    }
    return this.#snapshot;
  }

  /** Whether the job is known to have ended. */
  get ended(): boolean {
    // The last event is folded at once, so there is no need to look at those that wait.
    return this.#snapshot !== null && isTerminal(this.#snapshot.status);
  }

  /** When something was heard last, in Unix ms; 0 for never. */
  get lastNewsAt(): number {
    return this.#link?.lastNewsAt ?? 0;
  }

  /** Adds a reader. @returns a function that removes it; safe to call twice */
  attach(reader: FeedReader): () => void {
    this.#readers.add(reader);
    if (reader.take ?? reader.onEvent) (this.#options.exact ? this.#greeted : this.#late).add(reader);
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

  /** The event; `undefined` when it is not JSON, which is told once. */
  open(from: Unopened): JobEvent | undefined {
    if (!('lastEventId' in from)) return from;
    // Several readers open the same one, one after another.
    if (this.#lastFrame === from) return this.#lastEvent;
    let event: JobEvent | undefined;
    try {
      event = parseJobEvent(from);
    } catch (cause) {
      if (!this.#unreadable.has(from)) {
        this.#unreadable.add(from);
        this.fail(notJson(from, cause));
      }
    }
    this.#lastFrame = from;
    return (this.#lastEvent = event);
  }

  /** Takes an event, unless it was taken before. */
  receive(from: Unopened): void {
    const { id } = from;
    if (this.over || isSeen(id, this.cursor)) return;
    const progress = from.type === PROGRESS;
    // One string for all that wait, and quick to compare.
    if (progress) (from as { type: string }).type = PROGRESS;
    // Progress that looks whole can wait; what every other event means is known only when it is open.
    const event = progress && 'lastEventId' in from && from.data.endsWith('}') ? from : this.open(from);
    if (!event) return;
    if (id) this.cursor = id;
    // What the server says first is the greeting.
    if (this.#late.size) {
      this.#greet();
      this.#welcome();
    }
    for (const reader of this.#greeted) this.#give(reader, event);
    this.#meanwhile?.push(event);
    const waiting = this.#waiting;
    // Without a reader of snapshots nobody sees the states between, and one that comes later asks `GET`.
    if (progress && this.#superseding && !this.#snapshotRead) waiting[waiting.length - 1] = event;
    else if (waiting.push(event) > MANY) void this.snapshot;
    this.#superseding = progress && waiting === this.#waiting;
    if (!this.#changed) {
      this.#changed = true;
      queueMicrotask(() => this.#tellChange());
    }
    if (progress) return;
    const { type } = event;
    // After a lost cursor the state comes from the beginning, whatever was seen before (AC-08).
    if (type === 'resync') this.cursor = '';
    const suspected = suspectsStall(event as JobEvent);
    // Events alone cannot tell the state after a lost cursor, and when a failure may be none (AC-45).
    if (type === 'resync') {
      const gap = (this.#gap = this.#verify().then(() => {
        if (this.#gap === gap) this.#gap = undefined;
        this.#tellChange();
      }));
    } else if (suspected) void this.#verify();
    if (isTerminalEvent(event) && !suspected) this.#end();
    // Backends of the original family open a stream for a job that they do not have, to say so (C-27).
    if (type !== 'error') return;
    const { message } = event.data as ErrorData;
    if (/^job .*not found/i.test(message)) this.giveUp(new JobNotFoundError(message, { code: 'JobNotFound' }));
  }

  #give(reader: FeedReader, from: Unopened): void {
    if (reader.take) return reader.take(from);
    const event = reader.onEvent && this.open(from);
    if (event) report((told) => reader.onEvent!(told), event);
  }

  #fold(job: JobSnapshot, events: readonly Unopened[]): JobSnapshot {
    return foldEvents(
      job,
      events.flatMap((from) => this.open(from) ?? []),
    );
  }

  #end(): void {
    if (this.#gap) return void this.#gap.then(() => this.#end());
    void this.snapshot;
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
    const meanwhile: Unopened[] = (this.#meanwhile = []);
    let fresh: JobSnapshot;
    try {
      fresh = await this.#options.read(signal, this.jobId);
    } finally {
      if (this.#meanwhile === meanwhile) this.#meanwhile = undefined;
    }
    this.#snapshotRead = true;
    // Newer events are folded into the answer, so it is kept whole however late it comes (AC-61).
    fresh = this.#fold(fresh, meanwhile);
    const known = this.snapshot;
    this.#snapshot = !known ? fresh : isAhead(known, fresh) ? withFacts(known, fresh) : withHistory(fresh, known);
    this.#changed = true;
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
    if (this.over || this.#gap || !this.#changed) return;
    this.#changed = false;
    this.#tell((reader) => reader.onChange?.());
    // The terminal event itself may still be on its way to readers of events.
    if (this.ended && !this.#greeted.size) {
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
      for (const reader of this.#readers) this.#give(reader, ending);
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
    for (const event of stateEvents(snapshot)) {
      for (const reader of this.#readers) if (late.includes(reader)) this.#give(reader, event);
    }
  }

  #welcome(): FeedReader[] {
    const late = [...this.#late];
    this.#late.clear();
    for (const reader of late) this.#greeted.add(reader);
    return late;
  }

  #hasReader(test: (reader: FeedReader) => unknown): boolean {
    return [...this.#readers].some(test);
  }

  /** Calls all readers; one that leaves meanwhile is not called any more. */
  #tell(callback: (reader: FeedReader) => unknown): void {
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

/** An event whose payload is no JSON is left out. */
export function notJson({ type }: StreamEvent, cause: unknown): ProtocolError {
  return new ProtocolError(`An event "${type}" is not JSON and was left out.`, { code: 'InvalidJson', cause });
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
function withHistory(job: JobSnapshot, { warnings, logs, stepScale, percent }: JobSnapshot): JobSnapshot {
  if (job.lastEventId) return job;
  return { ...job, warnings, logs, percent: Math.max(percent, job.percent), ...(stepScale && { stepScale }) };
}

/** What no event says and no event changes. */
function withFacts(job: JobSnapshot, { title, createdAt, retryOf, attempt }: JobSnapshot): JobSnapshot {
  return { ...job, title, createdAt, retryOf, attempt };
}

function suspectsStall(event: JobEvent): boolean {
  return event.type === 'job-failed' && event.data.errors[0]?.code === 'STALL_TIMEOUT';
}
