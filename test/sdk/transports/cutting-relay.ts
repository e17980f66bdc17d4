/** A TCP relay that cuts a connection off in the middle of its bytes, whatever travels on it. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface CuttingRelay {
  readonly url: string;
  /** How many connections were cut. */
  readonly cuts: number;
  /** After how many bytes to the reader its connection is cut; once, then `Infinity` again. */
  cutAfter: number;
  close(): Promise<void>;
}

/** @param upstream base URL of the real server */
export async function startCuttingRelay(upstream: string): Promise<CuttingRelay> {
  const { hostname, port } = new URL(upstream);
  const sockets = new Set<Socket>();
  const relay = { cutAfter: Infinity, cuts: 0 };
  const server = createServer((reader) => {
    const source = connect(Number(port), hostname);
    for (const [one, other] of [[reader, source] as const, [source, reader] as const]) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    reader.pipe(source);
    source.on('data', (bytes) => {
      relay.cutAfter -= bytes.length;
      if (relay.cutAfter > 0) return void reader.write(bytes);
      source.destroy();
      reader.write(bytes.subarray(0, bytes.length + relay.cutAfter), () => reader.destroy());
      relay.cutAfter = Infinity;
      relay.cuts++;
    });
    source.on('end', () => reader.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(relay, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  });
}
