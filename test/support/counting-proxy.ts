/** An HTTP proxy that only looks on: which event streams are open, and from where each began. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountedStream {
  readonly path: string;
  /** The cursor it was asked for. */
  readonly lastEventId: string | undefined;
  /** Unix ms. */
  readonly openedAt: number;
  /** Unix ms; missing while it is open. */
  closedAt?: number;
}

export interface CountingProxy {
  readonly url: string;
  /** All event streams so far, oldest first. */
  readonly streams: readonly CountedStream[];
  /** Those that are open now. */
  readonly open: readonly CountedStream[];
  /** Cuts all streams off, as a network does. */
  cut(): void;
  close(): Promise<void>;
}

/** @param upstream base URL of the real server */
export async function startCountingProxy(upstream: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(upstream);
  const streams: CountedStream[] = [];
  const running = new Set<() => void>();
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    // A page without an origin, such as a sandboxed frame, may read everything here.
    if (headers.origin === 'null') {
      response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*');
      if (method === 'OPTIONS') return void response.writeHead(204).end();
    }
    const outgoing = forward(
      { hostname, port, method, path, headers: { ...headers, host: `${hostname}:${port}` } },
      (incoming) => {
        response.writeHead(incoming.statusCode!, incoming.headers);
        if (incoming.headers['content-type']?.startsWith('text/event-stream')) {
          const stream: CountedStream = {
            path: path!,
            lastEventId: header(headers['last-event-id']),
            openedAt: Date.now(),
          };
          const cut = (): void => void response.destroy();
          streams.push(stream);
          running.add(cut);
          response.once('close', () => {
            running.delete(cut);
            stream.closedAt = Date.now();
          });
        }
        incoming.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    response.once('close', () => outgoing.destroy());
    request.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams,
    get open() {
      return streams.filter(({ closedAt }) => closedAt === undefined);
    },
    cut() {
      for (const stop of running) stop();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
