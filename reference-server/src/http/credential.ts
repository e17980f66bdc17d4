/** What a request shows of who sends it. But for tickets it is never looked for in the URL, since URLs are written into logs. */
import type { Request } from 'express';

const OFFERED = /^aura\.bearer\.([\w-]+)$/;

/** A bearer token, an API key, or what a WebSocket offers as a subprotocol, since browsers give it no headers. */
export function credentialOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return bearer ?? request.get('x-api-key') ?? offeredBy(request);
}

/** A ticket: what a `<video>` or a link, which send no headers, shows to get a file (C-25). */
export function ticketOf({ method, baseUrl, query }: Request): string | undefined {
  const reads = baseUrl === '/artifacts' && (method === 'GET' || method === 'HEAD');
  return reads && typeof query.ticket === 'string' ? query.ticket : undefined;
}

function offeredBy(request: Request): string | undefined {
  const offers = (request.get('sec-websocket-protocol') ?? '').split(',');
  const [encoded] = offers.flatMap((offer) => OFFERED.exec(offer.trim())?.[1] ?? []);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString();
}
