/** What one process knows of one job: its state, its newest frames, and who waits for more of them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareEventIds, emptySnapshot, isTerminalEvent, parseJobEvent, reduceJob } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import { Audience } from './audience.ts';
import type { Wake } from './audience.ts';
import { toPayload } from './event-log.ts';
import type { EventLog, LoggedEvent } from './event-log.ts';
import { Batch, enoughOf, Frame, toFrame } from './frame.ts';
import type { FrameSource } from './frame-source.ts';
import { JobCursor } from './job-cursor.ts';

/** Frames that stay in memory; a cursor further back is served from the log. */
const WINDOW = 1024;
const PAGE = 1000;
/** Events that are read from the log for one reader at once. */
const READ_AHEAD = 128;
/** Batches that are kept for the next reader at the same place. */
const SHARED = 64;

/** What readers were given up to an id, by their place: others who come there get the same bytes. */
interface Share {
  upTo: string | undefined;
  readonly batches: Map<string | undefined, Batch>;
}

// What a first connection needs to know the current state (rule 4).
const GREETING: ReadonlySet<string> = new Set(['job-status', 'step-status', 'step-progress']);

/** Reads a job's log once, follows it from there and wakes the readers that wait for more. */
export class JobChannel implements FrameSource {
  readonly jobId: string;
  /** The fold of all events so far: the same that `GET` answers. */
  snapshot: JobSnapshot;
  /** The terminal event is among the frames. */
  ended = false;
  readonly #log: EventLog;
  readonly #unfollow: () => void;
  readonly #audience: Audience;
  readonly #newest = new Map<string, Frame>();
  #frames: Frame[] = [];
  /** The newest id that is no longer in memory. */
  #forgotten: string | undefined;
  /** Events that arrived while the log was being read. */
  #early: LoggedEvent[] | undefined = [];
  readonly #newestShare: Share = { upTo: undefined, batches: new Map() };
  readonly #olderShare: Share = { upTo: undefined, batches: new Map() };

  private constructor(jobId: string, log: EventLog, onFanOut: ((seconds: number) => void) | undefined) {
    this.jobId = jobId;
    this.#log = log;
    this.#audience = new Audience(onFanOut);
    this.snapshot = emptySnapshot(jobId);
    this.#unfollow = log.follow(jobId, (events) =>
      this.#early ? void this.#early.push(...events) : this.#add(events),
    );
  }

  /** Follows first and reads then, so that nothing falls between the two. @param onFanOut told how long readers waited */
  static async open(jobId: string, log: EventLog, onFanOut?: (seconds: number) => void): Promise<JobChannel> {
    const channel = new JobChannel(jobId, log, onFanOut);
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

  /** Somebody waits for more. */
  get inUse(): boolean {
    return this.#audience.size > 0;
  }

  get correlationId(): string {
    return this.snapshot.correlationId ?? '';
  }

  get lastId(): string | undefined {
    return this.#frames.at(-1)?.id;
  }

  knows(id: string): Promise<boolean> {
    return this.#log.has(this.jobId, id);
  }

  /** Whether an id was given out, to this job or to another. */
  async isPast(id: string): Promise<boolean> {
    return compareEventIds(id, await this.#log.newestId()) <= 0;
  }

  cursorAfter(id: string | undefined): JobCursor {
    return new JobCursor(this, id);
  }

  follow(wake: Wake): () => void {
    return this.#audience.join(wake);
  }

  /**
   * The next frames after an id (from the beginning for none), or `undefined` when they are no longer in memory.
   *
   * @param upTo the last one of interest
   */
  after(id: string | undefined, upTo: string | undefined = this.lastId): Batch | undefined {
    const share = upTo === this.lastId ? this.#newestShare : this.#olderShare;
    if (share.upTo !== upTo) {
      share.upTo = upTo;
      share.batches.clear();
    }
    const shared = share.batches.get(id);
    if (shared) return shared;
    if (!upTo || id === upTo || (id && compareEventIds(id, upTo) > 0)) return new Batch([], id);
    if (this.#forgotten && (!id || compareEventIds(id, this.#forgotten) < 0)) return undefined;
    const frames = enoughOf(this.#frames, this.#countUpTo(id), this.#countUpTo(upTo));
    const batch = new Batch(frames, frames.at(-1)!.id);
    if (share.batches.size >= SHARED) share.batches.clear();
    share.batches.set(id, batch);
    return batch;
  }

  /** The next frames after an id, from the log; `undefined` when the log no longer has what was seen in it. */
  async readAfter(id: string | undefined, limit = READ_AHEAD): Promise<Batch | undefined> {
    const frames = enoughOf((await this.#log.read(this.jobId, { after: id, limit })).map(toFrame));
    return frames.length > 0 ? new Batch(frames, frames.at(-1)!.id) : undefined;
  }

  /**
   * The current state for a first connection: the newest `job-status` with its own id, brought up to date, and the
   * newest step events after it; of an ended job the terminal event as well (AC-02, AC-10).
   */
  greeting(): Frame[] {
    const newest = [...this.#newest.values()];
    const at = newest.findIndex(({ type }) => type === 'job-status');
    if (at < 0) return [];
    if (this.ended) return newest.slice(at);
    const { status, stage, percent, correlationId } = this.snapshot;
    const json = toPayload(this.jobId, { status, stage, percent, correlationId });
    return [new Frame({ id: newest[at]!.id, type: 'job-status', json }), ...newest.slice(at + 1)];
  }

  /** How many frames in memory are not after an id: they are in order, so halves are ruled out at a time. */
  #countUpTo(id: string | undefined): number {
    let [low, high] = [0, this.#frames.length];
    while (id && low < high) {
      const middle = (low + high) >> 1;
      if (compareEventIds(this.#frames[middle]!.id!, id) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
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
    this.#audience.tell(this.lastId);
  }

  #trim(): void {
    const surplus = this.#frames.length - WINDOW;
    // In steps, so that the array is not copied for each event.
    if (surplus < WINDOW) return;
    this.#forgotten = this.#frames[surplus - 1]!.id;
    this.#frames = this.#frames.slice(surplus);
  }
}
