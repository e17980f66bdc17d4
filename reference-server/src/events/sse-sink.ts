/** A reader of Server-Sent Events: one HTTP response. */
import type { ServerResponse } from 'node:http';
import type { Batch, Frame } from './frame.ts';
import { Scratch } from './scratch.ts';
import { RETRY_MS } from './sink.ts';
import type { Ending, Sink, SinkListener } from './sink.ts';

/** No proxy may keep, change or collect the stream (guide, AC-01). */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const;

/** Sent at once, so that a reader knows within a round trip that nothing between holds the stream back (AC-69). */
const HELLO = Buffer.from(': stream\n\n');
const NOTHING = Buffer.alloc(0);
const scratch = new Scratch();

export class SseSink implements Sink {
  readonly #response: ServerResponse;
  #drained = (): void => {};

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  open({ drained, closed }: SinkListener): void {
    this.#drained = drained;
    const response = this.#response;
    response.on('drain', drained).once('close', closed);
    response.writeHead(200, STREAM_HEADERS).write(HELLO);
  }

  /**
   * Straight to the socket, in a chunk that all readers share: `response.write` makes one for each of them, which costs
   * more than everything else that is done for a reader. A request that stands behind another one on its connection has
   * no socket yet; Node keeps what is written until then.
   */
  write(batch: Batch): boolean {
    const { socket, chunkedEncoding } = this.#response;
    if (!socket) return this.#response.write(batch.blocks);
    const bytes = chunkedEncoding ? batch.chunk(scratch) : batch.blocks;
    socket.write(bytes);
    // The kernel has taken it, as nearly always.
    if (socket.writableLength === 0) return true;
    scratch.leave(bytes);
    // Node would take 64 KiB in before it says that this is enough. What waits for a slow reader is bounded by one batch.
    socket.write(NOTHING, (error) => error ?? this.#drained());
    return false;
  }

  keepAlive(): boolean {
    return this.#response.write(`: keepalive ${new Date().toISOString()}\n\n`);
  }

  end(ending: Ending, word?: Frame): void {
    if (word) this.#response.write(word.block);
    const retryMs = RETRY_MS[ending];
    this.#response.end(retryMs && `retry: ${retryMs}\n\n`);
  }
}
