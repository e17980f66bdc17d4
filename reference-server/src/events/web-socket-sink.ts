/** A reader on a WebSocket: one text message for each event. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Batch, Frame } from './frame.ts';
import { RETRY_MS } from './sink.ts';
import type { Ending, Sink, SinkListener } from './sink.ts';

const TEXT = { binary: false } as const;
/** Browsers see no ping frames, so a sign of life is a message. */
const KEEP_ALIVE = Buffer.from('{"type":"keepalive"}');

/** Close code and reason of each ending: what a status says of a stream (WebSocket, 7.4). */
const CLOSE: Readonly<Record<Ending, readonly [code: number, reason: string]>> = {
  complete: [4204, 'The job has ended; nothing more will come.'],
  gone: [4404, 'There is no such job.'],
  rotation: [1001, 'This connection has lasted long enough; come back with your cursor.'],
  shutdown: [1012, 'The server stops; come back with your cursor.'],
  trouble: [1011, 'The event log cannot be read at the moment.'],
};

export class WebSocketSink implements Sink {
  readonly #socket: WebSocket;
  readonly #transport: Duplex;
  #drained: (() => void) | undefined;

  /** @param transport what the WebSocket writes to */
  constructor(socket: WebSocket, transport: Duplex) {
    this.#socket = socket;
    this.#transport = transport;
  }

  /** The first message comes at once, so that a reader knows that the way is open. */
  open({ drained, closed }: SinkListener): void {
    this.#drained = drained;
    this.#socket.once('close', closed);
    this.#socket.send(KEEP_ALIVE, TEXT);
  }

  /** One batch is under way at a time: what waits for a slow reader is bounded by it. */
  write({ frames }: Batch): boolean {
    this.#transport.cork();
    for (const [index, { message }] of frames.entries())
      this.#socket.send(message, TEXT, index === frames.length - 1 ? this.#drained : undefined);
    this.#transport.uncork();
    return false;
  }

  keepAlive(): boolean {
    this.#socket.send(KEEP_ALIVE, TEXT, this.#drained);
    return false;
  }

  end(ending: Ending, word?: Frame): void {
    if (word) this.#socket.send(word.message, TEXT);
    const ms = RETRY_MS[ending];
    if (ms) this.#socket.send(JSON.stringify({ type: 'retry', ms }));
    this.#socket.close(...CLOSE[ending]);
  }
}
