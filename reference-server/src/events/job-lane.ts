/** One job's part in a reader's place in several jobs: what was read of it ahead of its turn. */
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { Batch, Frame } from './frame.ts';
import type { JobChannel } from './job-channel.ts';

/** Frames that are held at most: bounds the memory of a reader that is far behind. */
const AHEAD = 64;

export class JobLane {
  /** Id up to which the job was read. */
  readTo: string | undefined;
  readonly #channel: JobChannel;
  #frames: readonly Frame[] = [];
  /** The job's newest id when nothing of it was unread: most jobs of many are silent, and are not compared each time. */
  #silentAt: string | undefined;

  constructor(channel: JobChannel, after: string | undefined) {
    this.#channel = channel;
    this.readTo = after;
  }

  /** There is more in the job than was read of it. */
  get isUnread(): boolean {
    const { lastId } = this.#channel;
    if (lastId === this.#silentAt || lastId === undefined) return false;
    if (this.readTo === undefined || compareEventIds(lastId, this.readTo) > 0) return true;
    this.#silentAt = lastId;
    return false;
  }

  /** The next frame of the job is not known. */
  get isShort(): boolean {
    return this.#frames.length === 0 && this.isUnread;
  }

  get isOver(): boolean {
    return this.#channel.ended && this.#frames.length === 0 && !this.isUnread;
  }

  /** Reads ahead from memory. @returns false when that has to be done from the log */
  fill(): boolean {
    return this.#hold(this.#channel.after(this.readTo));
  }

  /** Reads ahead from the log. @returns false when the log is gone */
  async fillFromLog(): Promise<boolean> {
    return this.#hold(await this.#channel.readAfter(this.readTo, AHEAD));
  }

  /** Hands out the frames up to an id, or all of them. */
  take(upTo: string | undefined): readonly Frame[] {
    const frames = this.#frames;
    const later = upTo === undefined ? -1 : frames.findIndex(({ id }) => compareEventIds(id!, upTo) > 0);
    this.#frames = later < 0 ? [] : frames.slice(later);
    return later < 0 ? frames : frames.slice(0, later);
  }

  #hold(batch: Batch | undefined): boolean {
    if (!batch) return false;
    this.#frames = batch.frames.slice(0, AHEAD);
    this.readTo = this.#frames.at(-1)!.id;
    return true;
  }
}
