/** One reader's session: a cursor into the frames, and a sink they are written to (docs/architecture.md, "A session is a cursor"). */
import { Batch, errorFrame, resyncFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import type { FrameCursor, FrameSource } from './frame-source.ts';
import type { Ending, Sink } from './sink.ts';

/** Where a session begins. */
export type SessionStart =
  /** With the current state, after saying so if a cursor was lost. */
  | { readonly from: 'state'; readonly resync: boolean }
  /** After an event of the log; `undefined`: with the first one that is still there. */
  | { readonly from: 'log'; readonly after: string | undefined };

export interface SessionOptions {
  /** A sign of life is sent after this much silence, in ms (guide: 10 s). */
  readonly keepAliveMs: number;
  /** A session is ended after this time, in ms (guide: 5 minutes), less up to a tenth so that readers do not return at once. */
  readonly maxAgeMs: number;
}

/** Who reads what, from where on. */
export interface Reading {
  readonly sink: Sink;
  readonly source: FrameSource;
  readonly start: SessionStart;
  /** Ends the session sooner than the others, in ms. */
  readonly maxAgeMs?: number | undefined;
  /** Told first, as events that are in no log. */
  readonly words?: readonly Frame[];
}

export class EventStreamSession {
  readonly #sink: Sink;
  readonly #source: FrameSource;
  readonly #cursor: FrameCursor;
  readonly #keepAliveMs: number;
  readonly #endsAt: number;
  readonly #unfollow: () => void;
  #lastWriteAt = performance.now();
  /** The reader is not ready for more. */
  #full = false;
  /** The log is being read. */
  #reading = false;
  #over = false;

  /** @param onClosed the reader is gone */
  constructor(
    { sink, source, start, maxAgeMs = Infinity, words = [] }: Reading,
    options: SessionOptions,
    onClosed: () => void,
  ) {
    this.#sink = sink;
    this.#source = source;
    this.#keepAliveMs = options.keepAliveMs;
    this.#endsAt = performance.now() + Math.min(maxAgeMs, options.maxAgeMs * (1 - Math.random() / 10));
    const head = [...words];
    if (start.from === 'state') {
      if (start.resync) head.push(resyncFrame(source.jobId));
      head.push(...source.greeting());
    }
    this.#cursor = source.cursorAfter(start.from === 'state' ? source.lastId : start.after);
    this.#unfollow = source.follow(this.#advance);
    sink.open({
      drained: this.#drained,
      closed: () => {
        this.#stop();
        onClosed();
      },
    });
    if (head.length > 0) this.#write(new Batch(head, this.#cursor.position));
    this.#advance();
  }

  /** Keeps the reader's connection alive, and ends it in time. @param now `performance.now()` */
  tick(now: number): void {
    if (now >= this.#endsAt) this.end('rotation');
    else if (!this.#waits && now - this.#lastWriteAt >= this.#keepAliveMs) {
      this.#lastWriteAt = now;
      this.#full = !this.#sink.keepAlive();
    }
  }

  /** Ends in order. What was not written yet is read from the cursor when the reader comes back. */
  end(ending: Ending, word?: Frame): void {
    if (this.#over) return;
    this.#stop();
    this.#sink.end(ending, word);
  }

  /** The session stays behind until it need not wait any more. */
  get #waits(): boolean {
    return this.#full || this.#reading || this.#over;
  }

  /** Writes everything between the cursor and an id, or the end of the log, as far as the reader takes it. */
  readonly #advance = (upTo?: string): void => {
    while (!this.#waits) {
      const batch = this.#cursor.next(upTo);
      if (!batch) return this.#read();
      if (batch.frames.length > 0) this.#write(batch);
      else if (this.#cursor.ended) return this.end('complete');
      else return this.#sink.caughtUp?.();
    }
  };

  /** The cursor lies before the memory: the log has the next frames. */
  #read(): void {
    this.#reading = true;
    this.#cursor.read().then(
      (batch) => {
        this.#reading = false;
        if (!batch) return this.end('gone');
        if (batch.frames.length > 0 && !this.#over) this.#write(batch);
        this.#advance();
      },
      // A log that cannot be read now may be readable later: the reader comes back with its cursor.
      () => {
        const message = 'The event log cannot be read at the moment. The job goes on; the stream will be tried again.';
        const { jobId, correlationId } = this.#source;
        this.end('trouble', errorFrame({ jobId, message, correlationId }));
      },
    );
  }

  #write(batch: Batch): void {
    this.#lastWriteAt = performance.now();
    this.#full = !this.#sink.write(batch);
  }

  readonly #drained = (): void => {
    this.#full = false;
    this.#advance();
  };

  #stop(): void {
    this.#over = true;
    this.#unfollow();
  }
}
