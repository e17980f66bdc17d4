/** Where a stream's WebSocket is, and how it is told who asks. */
import { ProtocolError } from '../errors/protocol-error.ts';
import type { Link } from '../sse/transport.ts';

const PROTOCOL = 'aura.v1';

/**
 * `…/events` becomes `…/ws`; the cursor goes into the query, since a socket has no headers of ours.
 *
 * @throws {ProtocolError} this stream has no WebSocket
 */
export function socketUrl({ url, lastEventId }: Link): string {
  const address = new URL(url, globalThis.location?.href);
  const { pathname, searchParams } = address;
  // One job has a socket, several have not.
  if (!pathname.endsWith('/events') || searchParams.has('jobs')) {
    const message = `${url} has no WebSocket: only …/api/jobs/{id}/events has. Use another transport for it.`;
    throw new ProtocolError(message, { code: 'NoWebSocket' });
  }
  address.pathname = pathname.replace(/events$/, 'ws');
  address.protocol = address.protocol.replace('http', 'ws');
  if (lastEventId) searchParams.set('lastEventId', lastEventId);
  return address.href;
}

/** A bearer token goes where a browser can put it and no log writes it down: never into the URL. */
export function socketProtocols(headers: Headers): string[] {
  const [, token] = /^Bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  return token ? [PROTOCOL, `aura.bearer.${base64url(token)}`] : [PROTOCOL];
}

/** Subprotocols allow no other characters. */
function base64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
