/** The newest events of one connection, for tabs that come late. */
import { isSeen } from '../protocol/event-id.ts';
import { cursorAfter } from './tab-message.ts';
import type { Frame } from './tab-message.ts';

/** What is kept, in characters: bounds the memory however fast a job tells its news. */
const ROOM = 1_000_000;
/** What an event costs beside its payload. */
const COST = 100;

export class RecentFrames {
  /** Cursor after the newest event. */
  end: string;
  /** The cursor from which nothing is missing; `undefined` when there is none. */
  #start: string | undefined;
  #frames: Frame[] = [];
  #size = 0;

  /** @param start the cursor that the connection began from */
  constructor(start: string) {
    this.end = this.#start = start;
  }

  /**
   * Whether what is here begins with a greeting. That tells the state and leaves out what led to it, so only those who
   * have seen nothing yet can be served with it.
   */
  get greeted(): boolean {
    return !this.#start;
  }

  push(frame: Frame): void {
    this.end = cursorAfter(this.end, frame);
    if (frame.type === 'resync') {
      this.#frames = [];
      this.#size = 0;
      this.#start = '';
    }
    this.#frames.push(frame);
    this.#size += frame.data.length + COST;
    // In steps, so that the array is not copied for each event.
    if (this.#size > 2 * ROOM) this.#trim();
  }

  /** Whether the connection is still to come to a cursor. If that is of a lost log, it never will. */
  isBefore(cursor: string): boolean {
    return cursor !== this.end && isSeen(this.end, cursor);
  }

  /** All events after a cursor; `undefined` when some may be missing. */
  after(cursor: string): readonly Frame[] | undefined {
    if (cursor === this.#start) return this.#frames;
    const seen = this.#frames.findLastIndex(({ id }) => isSeen(id, cursor));
    const complete = this.greeted
      ? cursor === this.end
      : isSeen(this.#start, cursor) || this.#frames[seen]?.id === cursor;
    return complete ? this.#frames.slice(seen + 1) : undefined;
  }

  #trim(): void {
    let count = 0;
    while (this.#size > ROOM && count < this.#frames.length - 1) {
      const frame = this.#frames[count++]!;
      this.#size -= frame.data.length + COST;
      this.#start = this.#start && cursorAfter(this.#start, frame);
    }
    this.#frames = this.#frames.slice(count);
    this.#start ||= undefined;
  }
}
