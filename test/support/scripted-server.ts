/** A real HTTP server whose answers a test writes itself, one handler per request. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly IncomingMessage[];
  /** Resolves when the n-th request (1-based) has arrived. */
  requested(n: number): Promise<IncomingMessage>;
  /** How many connections are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** @param answer called for each request with its number, from 1 */
export async function startScriptedServer(
  answer: (request: IncomingMessage, response: ServerResponse, n: number) => void,
): Promise<ScriptedServer> {
  const requests: IncomingMessage[] = [];
  const waiting = new Map<number, (request: IncomingMessage) => void>();
  const server = createServer((request, response) => {
    requests.push(request);
    waiting.get(requests.length)?.(request);
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    requested: (n) => new Promise((resolve) => (requests[n - 1] ? resolve(requests[n - 1]!) : waiting.set(n, resolve))),
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Opens an event stream. @returns the response, to write frames to */
export function openStream(response: ServerResponse, ...frames: string[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(frames.join('') || ':\n\n');
  return response;
}

/** One frame in wire form. */
export function frame(type: string, data: unknown, id?: string): string {
  return `${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Opens an event stream that breaks off, without its proper end, once the frames are sent. */
export function breakStream(response: ServerResponse, ...frames: string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(frames.join('') || ':\n\n', () => response.socket!.end());
}
