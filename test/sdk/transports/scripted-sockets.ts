/** A real WebSocket server whose connections a test writes itself. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type WebSocket from 'ws';

// The server's own copy: at the top there may be another version that some tool brought along.
const require = createRequire(new URL('../../../reference-server/package.json', import.meta.url));
const { WebSocketServer } = require('ws') as { WebSocketServer: typeof WebSocket.Server };

export interface ScriptedSockets {
  /** URL of a job's event stream. */
  readonly url: string;
  /** Every handshake so far, oldest first. */
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** @param accept called for each connection with its number, from 1 */
export async function startScriptedSockets(accept: (socket: WebSocket, n: number) => void): Promise<ScriptedSockets> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const requests: IncomingMessage[] = [];
  server.on('connection', (socket, request) => accept(socket, requests.push(request)));
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/jobs/job-1/events`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}

/** Sends messages as JSON. */
export function tell(socket: WebSocket, ...messages: object[]): void {
  for (const message of messages) socket.send(JSON.stringify(message));
}
