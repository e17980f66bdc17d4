/** The readers of `readers.ts` as browsers come through a proxy: HTTP/2 with TLS, many streams on one connection. A program. */
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { ReadersOptions, ReadersReport } from './readers.ts';

/** Streams of one connection: many pages of one browser. */
const STREAMS = 20;
const END = '\nevent: job-completed';

const { url, count } = JSON.parse(process.argv[2]!) as ReadersOptions;
const { origin, pathname, search } = new URL(url!);

const received = new Float64Array(count);
const tails: string[] = Array.from({ length: count }, () => '');
let [opened, ended, events] = [0, 0, 0];

function tell(type: ReadersReport['type']): void {
  const least = Math.min(...received) / received[0]!;
  process.send!({ type, events, least, latencies: [] } satisfies ReadersReport);
}

function open(session: ClientHttp2Session, n: number): void {
  const stream = session.request({ ':path': pathname + search, accept: 'text/event-stream' });
  stream.on('error', (error) => {
    throw error;
  });
  stream.on('data', (piece: Buffer) => {
    if (received[n] === 0 && ++opened === count) setImmediate(tell, 'open');
    received[n]! += piece.length;
    const text = piece.toString('latin1');
    if (n === 0) events += text.split('\nevent: ').length - 1;
    tails[n] = tails[n]!.slice(-END.length) + text;
    if (!tails[n].includes(END)) return;
    stream.close();
    if (++ended === count) tell('done');
  });
}

for (let n = 0; n < count; n += STREAMS) {
  const session = connect(origin, { rejectUnauthorized: false });
  session.on('error', (error) => {
    throw error;
  });
  for (let own = n; own < Math.min(n + STREAMS, count); own++) open(session, own);
}
// The starter lets go when it has what it wants.
process.on('disconnect', () => process.exit());
