/** An event in wire form. Each form is made when a reader first asks for it, once per process, and shared by all. */
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { LoggedEvent } from './event-log.ts';
import type { Scratch } from './scratch.ts';

export class Frame {
  /** Missing when the event is in no log. */
  readonly id: string | undefined;
  readonly type: string;
  readonly #json: string;
  #block: Buffer | undefined;
  #message: Buffer | undefined;

  constructor({ id, type, json }: { readonly id?: string | undefined; readonly type: string; readonly json: string }) {
    this.id = id;
    this.type = type;
    this.#json = json;
  }

  /** About how much of it goes over the wire. */
  get size(): number {
    return this.#json.length;
  }

  /** A block of an event stream. JSON holds no raw line break, so one `data` line always suffices (AC-64). */
  get block(): Buffer {
    const id = this.id === undefined ? '' : `id: ${this.id}\n`;
    return (this.#block ??= Buffer.from(`${id}event: ${this.type}\ndata: ${this.#json}\n\n`));
  }

  /** A JSON object. The payload stands in it as it was logged, so both ways carry the same bytes. */
  get message(): Buffer {
    const id = this.id === undefined ? '' : `"id":"${this.id}",`;
    return (this.#message ??= Buffer.from(`{${id}"type":"${this.type}","data":${this.#json}}`));
  }
}

export function toFrame(event: LoggedEvent): Frame {
  return new Frame(event);
}

/** Order of frames that are in the log. */
export function byId(a: Frame, b: Frame): number {
  return compareEventIds(a.id!, b.id!);
}

/** Said when a cursor is unknown: what follows is the current state. It has no id, since it is not in the log (AC-08). */
export function resyncFrame(jobId: string | undefined): Frame {
  return new Frame({ type: 'resync', json: JSON.stringify({ resync: true, jobId }) });
}

/** Trouble of the server, said to one reader. Not in the log, so without an id, and it changes no state (C-05). */
export function errorFrame(data: {
  readonly jobId: string | undefined;
  readonly message: string;
  readonly code?: string;
  readonly correlationId: string;
}): Frame {
  return new Frame({ type: 'error', json: JSON.stringify(data) });
}

/** Most that is written at once: what waits in this process for a reader that does not read (AC-62). */
const BATCH_SIZE = 8 * 1024;

/** As many of the frames, from one on and before another, as are written at once; at least one. */
export function enoughOf(frames: readonly Frame[], from = 0, to = frames.length): Frame[] {
  let end = from;
  for (let size = 0; end < to && (end === from || size + frames[end]!.size <= BATCH_SIZE); end++)
    size += frames[end]!.size;
  return frames.slice(from, end);
}

const CRLF = Buffer.from('\r\n');

/** Frames that are written together. Readers at the same place are given the same batch, and so the same bytes. */
export class Batch {
  readonly frames: readonly Frame[];
  /** The cursor after it. */
  readonly lastId: string | undefined;
  #blocks: Buffer | undefined;
  #chunk: Buffer | undefined;
  #asked = false;

  constructor(frames: readonly Frame[], lastId: string | undefined) {
    this.frames = frames;
    this.lastId = lastId;
  }

  /** All frames as blocks of an event stream. */
  get blocks(): Buffer {
    return (this.#blocks ??= Buffer.concat(this.frames.map(({ block }) => block)));
  }

  /**
   * The same as one chunk of an HTTP/1.1 body (RFC 9112, 7.1): in the scratch for the first who asks, and kept for the
   * others, if there are any.
   */
  chunk(scratch: Scratch): Buffer {
    if (this.#chunk) return this.#chunk;
    // Not by way of `blocks`, which would stay in memory beside it as long as a reader does not take it.
    const blocks = this.frames.map(({ block }) => block);
    const bytes = blocks.reduce((sum, { length }) => sum + length, 0);
    const pieces = [Buffer.from(`${bytes.toString(16)}\r\n`), ...blocks, CRLF];
    if (this.#asked) return (this.#chunk = Buffer.concat(pieces));
    this.#asked = true;
    return scratch.join(pieces);
  }
}
