/** Many readers of one stream, as cheap as they can be: raw sockets that count. A program; it tells how it goes by messages. */
import { connect } from 'node:net';

export interface ReaderReport {
  /** `open`: every reader has got its first bytes. `done`: every reader has got the terminal event, the last of all. */
  readonly type: 'open' | 'done';
  /** Events that the first reader has got; the others count bytes, which costs them next to nothing. */
  readonly events: number;
  /** The least that a reader has got, as a part of what the first one has. */
  readonly least: number;
}

const [host, port, path, count] = process.argv.slice(2);
const EVENT = '\nevent: ';
const END = '\nevent: job-completed';
const received = new Float64Array(Number(count));
let text = '';
let opened = 0;
let ended = 0;

function tell(type: ReaderReport['type']): void {
  const least = Math.min(...received) / received[0]!;
  process.send!({ type, events: text.split(EVENT).length - 1, least } satisfies ReaderReport);
}

for (let n = 0; n < Number(count); n++) {
  const socket = connect(Number(port), host);
  let tail = '';
  socket.on('error', () => {});
  socket.on('data', (piece) => {
    if (received[n] === 0 && ++opened === Number(count)) setImmediate(tell, 'open');
    received[n]! += piece.length;
    if (n === 0) text += piece.toString('latin1');
    tail = tail.slice(-END.length) + piece.toString('latin1', Math.max(0, piece.length - 1000));
    if (!tail.includes(END)) return;
    socket.destroy();
    if (++ended === Number(count)) tell('done');
  });
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\naccept: text/event-stream\r\n\r\n`);
}
