/** Requests for an upgrade, answered by an app of their own: a WebSocket, or a problem and the end of the connection. */
import { ServerResponse } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Other upgrades, such as the HTTP/2 that some clients offer with each request, may be ignored (RFC 9110, 7.8). */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Node leaves the socket to whoever listens; here it gets a response again, so that the app's rules hold for it too. */
export function answerUpgrades(server: Server, app: RequestListener): void {
  server.on('upgrade', (request, socket: Socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.unshift(head);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.destroySoon());
    app(request, response);
  });
}
