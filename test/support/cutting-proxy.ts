/** An HTTP proxy that cuts a stream off after a number of frames: the network at its worst, on purpose. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** How many streams were cut. */
  readonly cuts: number;
  /** After how many events the next stream is cut; `Infinity` for never. */
  cutAfter: number;
  close(): Promise<void>;
}

/** @param upstream base URL of the real server */
export async function startCuttingProxy(upstream: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(upstream);
  let cuts = 0;
  const proxy = { cutAfter: Infinity };
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const outgoing = forward(
      { hostname, port, method, path, headers: { ...headers, host: `${hostname}:${port}` } },
      (incoming) => {
        response.writeHead(incoming.statusCode!, incoming.headers);
        const isStream = incoming.headers['content-type']?.startsWith('text/event-stream');
        if (!isStream) return void incoming.pipe(response);
        const limit = proxy.cutAfter;
        proxy.cutAfter = Infinity;
        let text = '';
        let events = 0;
        let over = false;
        const cut = (): void => {
          over = true;
          cuts++;
          incoming.destroy();
          response.socket?.end();
        };
        response.flushHeaders();
        if (limit === 0) return cut();
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf('\n\n'); end >= 0 && !over; end = text.indexOf('\n\n')) {
            const frame = text.slice(0, end + 2);
            text = text.slice(end + 2);
            if (frame.includes('\ndata:')) events++;
            if (events < limit) response.write(frame);
            else response.write(frame, cut);
            if (events >= limit) over = true;
          }
        });
        incoming.on('end', () => over || response.end());
      },
    );
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    get cutAfter() {
      return proxy.cutAfter;
    },
    set cutAfter(count) {
      proxy.cutAfter = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
