/** What one process knows of one job: its state, its newest frames, and the sessions that read them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareEventIds, emptySnapshot, isTerminalEvent, parseJobEvent, reduceJob } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventLog, LoggedEvent } from './event-log.ts';
import { toFrame } from './frame.ts';
import type { Frame } from './frame.ts';

/** Frames that stay in memory; a cursor further back is served from the log. */
const WINDOW = 1024;
const PAGE = 1000;

// What a first connection needs to know the current state (rule 4).
const GREETING: ReadonlySet<string> = new Set(['job-status', 'step-status', 'step-progress']);

/** Reads a job's log once, follows it from there and wakes the sessions that wait for more. */
export class JobChannel {
  readonly jobId: string;
  /** The fold of all events so far: the same that `GET` answers. */
  snapshot: JobSnapshot;
  /** The terminal event is among the frames. */
  ended = false;
  /** Called after frames were added. A channel that has some is in use. */
  readonly sessions = new Set<() => void>();
  readonly #log: EventLog;
  readonly #unfollow: () => void;
  readonly #newest = new Map<string, Frame>();
  #frames: Frame[] = [];
  /** Number of frames that came before `#frames[0]`. */
  #base = 0;
  /** Events that arrived while the log was being read. */
  #early: LoggedEvent[] | undefined = [];
  #wakeScheduled = false;
  /** What the last session was given: others at the same place get the same bytes. */
  #shared: { readonly from: number; readonly end: number; readonly bytes: Buffer } | undefined;

  private constructor(jobId: string, log: EventLog) {
    this.jobId = jobId;
    this.#log = log;
    this.snapshot = emptySnapshot(jobId);
    this.#unfollow = log.follow(jobId, (events) =>
      this.#early ? void this.#early.push(...events) : this.#add(events),
    );
  }

  /** Follows first and reads then, so that nothing falls between the two. */
  static async open(jobId: string, log: EventLog): Promise<JobChannel> {
    const channel = new JobChannel(jobId, log);
    for (let after: string | undefined; ;) {
      const page = await log.read(jobId, { after, limit: PAGE });
      channel.#add(page);
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
      // A long log must not hold up everybody else.
      await nextTurn();
    }
    const early = channel.#early!;
    channel.#early = undefined;
    channel.#add(early);
    return channel;
  }

  close(): void {
    this.#unfollow();
  }

  /** Position after the newest frame. */
  get end(): number {
    return this.#base + this.#frames.length;
  }

  get lastId(): string | undefined {
    return this.#frames.at(-1)?.id;
  }

  /** Position of the oldest frame in memory. */
  get start(): number {
    return this.#base;
  }

  /** All bytes from a position to the end, or `undefined` when the position is no longer in memory. */
  bytesFrom(from: number): Buffer | undefined {
    if (from < this.#base) return undefined;
    const { end } = this;
    if (this.#shared?.from !== from || this.#shared.end !== end) {
      const bytes = Buffer.concat(this.#frames.slice(from - this.#base).map((frame) => frame.bytes));
      this.#shared = { from, end, bytes };
    }
    return this.#shared.bytes;
  }

  /** Position after an id (the beginning for none), or `undefined` when that lies before the memory. */
  positionAfter(id: string | undefined): number | undefined {
    const first = this.#frames[0];
    if (this.#base > 0 && (!id || !first || compareEventIds(id, first.id) < 0)) return undefined;
    const index = id === undefined ? 0 : this.#frames.findIndex((frame) => compareEventIds(frame.id, id) > 0);
    return index < 0 ? this.end : this.#base + index;
  }

  /** The next frames after an id, from the log, for a cursor that lies before the memory. */
  async readAfter(id: string | undefined): Promise<Frame[]> {
    return (await this.#log.read(this.jobId, { after: id, limit: PAGE })).map(toFrame);
  }

  /** Whether this id is a cursor into this job's log. */
  knows(id: string): Promise<boolean> {
    return this.#log.has(this.jobId, id);
  }

  /**
   * The current state for a first connection: the newest `job-status` with its own id, brought up to date, and the
   * newest step events after it; of an ended job the terminal event as well (AC-02, AC-10).
   */
  greeting(): Frame[] {
    const status = this.#newest.get('job-status');
    if (!status) return [];
    const later = [...this.#newest.values()].filter((frame) => compareEventIds(frame.id, status.id) > 0);
    if (this.ended) return [status, ...later];
    const { status: name, stage, percent, correlationId } = this.snapshot;
    const json = JSON.stringify({ status: name, stage, percent, correlationId });
    return [toFrame({ id: status.id, type: 'job-status', json }), ...later];
  }

  #add(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      const last = this.lastId;
      if (last && compareEventIds(event.id, last) <= 0) continue;
      this.snapshot = reduceJob(this.snapshot, parseJobEvent({ type: event.type, data: event.json, id: event.id }));
      const frame = toFrame(event);
      this.#frames.push(frame);
      const terminal = isTerminalEvent(event);
      if (terminal) this.ended = true;
      if (terminal || GREETING.has(event.type)) {
        // Re-inserted, so that the map stays in the order of the log.
        this.#newest.delete(event.type);
        this.#newest.set(event.type, frame);
      }
    }
    this.#trim();
    this.#wake();
  }

  #trim(): void {
    const surplus = this.#frames.length - WINDOW;
    // In steps, so that the array is not copied for each event.
    if (surplus < WINDOW) return;
    this.#frames = this.#frames.slice(surplus);
    this.#base += surplus;
  }

  /** Sessions are woken once per turn of the event loop, whatever came in it. */
  #wake(): void {
    if (this.#wakeScheduled || this.sessions.size === 0) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      for (const wake of this.sessions) wake();
    });
  }
}
