/** One HTTP response that is one cursor into a job's frames (docs/architecture.md, "A session is a cursor"). */
import type { ServerResponse } from 'node:http';
import type { JobChannel } from './job-channel.ts';
import { errorFrame, RESYNC_FRAME } from './frame.ts';

/** Where a session begins. */
export type SessionStart =
  /** With the current state, after saying so if a cursor was lost. */
  | { readonly from: 'state'; readonly resync: boolean }
  /** After an event of the log; `undefined`: with the first one that is still there. */
  | { readonly from: 'log'; readonly after: string | undefined };

export interface SessionOptions {
  /** A comment is sent after this much silence, in ms (guide: 10 s). */
  readonly keepAliveMs: number;
  /** A stream is ended after this time, in ms (guide: 5 minutes), less up to a tenth so that readers do not return at once. */
  readonly maxAgeMs: number;
}

/** No proxy may keep, change or collect the stream (guide, AC-01). */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const;

/** Reconnection time at a rotation, in ms: the server is well, so it may be soon. */
const ROTATION_RETRY_MS = 500;
/** Reconnection time when the log cannot be read, in ms. */
const TROUBLE_RETRY_MS = 2000;
/** Sent at once, so that a reader knows within a round trip that nothing between holds the stream back (AC-69). */
const HELLO = Buffer.from(': stream\n\n');

export class EventStreamSession {
  readonly #response: ServerResponse;
  readonly #channel: JobChannel;
  readonly #options: SessionOptions;
  readonly #endsAt: number;
  /** Position up to which the socket was written; `undefined` while it lies before the channel's memory. */
  #position: number | undefined;
  /** Id up to which the socket was written; finds the way back when the position has left the memory. */
  #after: string | undefined;
  #lastWriteAt = 0;
  /** The socket is full, or a page is being read: the session stays behind until it is not. */
  #busy = false;

  constructor(response: ServerResponse, channel: JobChannel, start: SessionStart, options: SessionOptions) {
    this.#response = response;
    this.#channel = channel;
    this.#options = options;
    this.#endsAt = performance.now() + options.maxAgeMs * (1 - Math.random() / 10);
    response.writeHead(200, STREAM_HEADERS);
    const head: Buffer[] = [HELLO];
    if (start.from === 'state') {
      if (start.resync) head.push(RESYNC_FRAME);
      head.push(...channel.greeting().map(({ bytes }) => bytes));
      this.#position = channel.end;
      this.#after = channel.lastId;
    } else {
      this.#after = start.after;
    }
    this.#write(Buffer.concat(head));
    channel.sessions.add(this.#advance);
    response.once('close', () => channel.sessions.delete(this.#advance));
    this.#advance();
  }

  /** Keeps the stream alive, and ends it in time. @param now `performance.now()` */
  tick(now: number): void {
    if (now >= this.#endsAt) this.end(ROTATION_RETRY_MS);
    else if (!this.#busy && now - this.#lastWriteAt >= this.#options.keepAliveMs) {
      this.#write(Buffer.from(`: keepalive ${new Date().toISOString()}\n\n`));
    }
  }

  /** Ends the stream cleanly and says when to come back. What was not written yet is read from the cursor then. */
  end(retryMs: number): void {
    if (this.#response.writableEnded) return;
    this.#channel.sessions.delete(this.#advance);
    this.#response.end(`retry: ${retryMs}\n\n`);
  }

  /** Writes everything between the cursor and the end of the log, as far as the socket takes it. */
  readonly #advance = (): void => {
    if (this.#busy || this.#response.writableEnded) return;
    this.#position ??= this.#channel.positionAfter(this.#after);
    const bytes = this.#position === undefined ? undefined : this.#channel.bytesFrom(this.#position);
    if (!bytes) return this.#readPage();
    this.#position = this.#channel.end;
    this.#after = this.#channel.lastId;
    if (bytes.length > 0) this.#write(bytes);
    if (this.#channel.ended) this.#response.end();
  };

  /** The cursor lies before the channel's memory: the log has the next frames. */
  #readPage(): void {
    this.#busy = true;
    this.#channel.readAfter(this.#after).then(
      (frames) => {
        this.#busy = false;
        const last = frames.at(-1);
        this.#position = last ? undefined : this.#channel.start;
        if (last) {
          this.#after = last.id;
          this.#write(Buffer.concat(frames.map(({ bytes }) => bytes)));
        }
        this.#advance();
      },
      // A log that cannot be read now may be readable later: the reader comes back with its cursor.
      () => {
        const message = 'The event log cannot be read at the moment. The job goes on; the stream will be tried again.';
        this.#write(errorFrame(message, this.#channel.snapshot.correlationId));
        this.end(TROUBLE_RETRY_MS);
      },
    );
  }

  #write(bytes: Buffer): void {
    if (this.#response.writableEnded) return;
    this.#lastWriteAt = performance.now();
    if (this.#response.write(bytes)) return;
    this.#busy = true;
    this.#response.once('drain', () => {
      this.#busy = false;
      this.#advance();
    });
  }
}
