/** Many readers of one stream, as cheap as they can be: raw sockets that count. A program; it tells how it goes by messages. */
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/** What the program is started with, as JSON. */
export interface ReadersOptions {
  readonly url?: string;
  /** Several streams, which the readers share evenly. */
  readonly urls?: readonly string[];
  readonly count: number;
  /** Go on after this event. */
  readonly lastEventId?: string | undefined;
  /** One in so many looks at the time of each event; the others count bytes, which costs next to nothing. @defaultValue none does */
  readonly sampleEvery?: number;
  /** They take their first bytes, and nothing after that. @defaultValue false */
  readonly stall?: boolean;
  /** Streams are opened so many at a time. @defaultValue 256 */
  readonly atOnce?: number;
  /** By `readers-http2.ts`, which takes one `url` and the `count`. @defaultValue over HTTP/1.1 */
  readonly http2?: boolean;
}

export interface ReadersReport {
  /** `open`: every reader has got its first bytes. `done`: every reader has got the terminal event, the last of all. */
  readonly type: 'open' | 'done';
  /** Events that the first reader has got. */
  readonly events: number;
  /** The least that a reader has got, as a part of what the first one has. */
  readonly least: number;
  /** Milliseconds from the moment that an event was due to its arrival, of the readers that look, in order. */
  readonly latencies: readonly number[];
}

const {
  url,
  urls = [url!],
  count,
  lastEventId,
  sampleEvery,
  stall,
  atOnce = 256,
} = JSON.parse(process.argv[2]!) as ReadersOptions;
const targets = urls.map((one) => new URL(one));
const EVENT = '\nevent: ';
const END = '\nevent: job-completed';
const DUE = /"sentAt":([\d.]+)/g;

const received = new Float64Array(count);
const latencies: number[] = [];
let text = '';
let asked = 0;
let opened = 0;
let ended = 0;

function tell(type: ReadersReport['type']): void {
  const least = Math.min(...received) / received[0]!;
  latencies.sort((a, b) => a - b);
  process.send!({ type, events: text.split(EVENT).length - 1, least, latencies } satisfies ReadersReport);
}

function note(piece: Buffer): void {
  const now = performance.timeOrigin + performance.now();
  for (const [, due] of piece.toString('latin1').matchAll(DUE)) latencies.push(now - Number(due));
}

function open(n: number): void {
  const { hostname, port, pathname, search } = targets[n % targets.length]!;
  const socket = connect(Number(port), hostname);
  let tail = '';
  socket.on('error', (error) => {
    throw error;
  });
  socket.on('data', (piece) => {
    if (received[n] === 0) {
      if (stall) socket.pause();
      if (++opened === count) setImmediate(tell, 'open');
      if (asked < count) open(asked++);
    }
    received[n]! += piece.length;
    if (n === 0) text += piece.toString('latin1');
    if (sampleEvery && n % sampleEvery === 0) note(piece);
    tail = tail.slice(-END.length) + piece.toString('latin1', Math.max(0, piece.length - 1000));
    if (!tail.includes(END)) return;
    socket.destroy();
    if (++ended === count) tell('done');
  });
  const cursor = lastEventId ? `last-event-id: ${lastEventId}\r\n` : '';
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: text/event-stream\r\n${cursor}\r\n`,
  );
}

while (asked < Math.min(atOnce, count)) open(asked++);
// The starter lets go when it has what it wants.
process.on('disconnect', () => process.exit());
