/** What a request shows of who sends it. Never looked for in the URL, since URLs are written into logs. */
import type { Request } from 'express';

const OFFERED = /^aura\.bearer\.([\w-]+)$/;

/** A bearer token, an API key, or what a WebSocket offers as a subprotocol, since browsers give it no headers. */
export function credentialOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return bearer ?? request.get('x-api-key') ?? offeredBy(request);
}

function offeredBy(request: Request): string | undefined {
  const offers = (request.get('sec-websocket-protocol') ?? '').split(',');
  const [encoded] = offers.flatMap((offer) => OFFERED.exec(offer.trim())?.[1] ?? []);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString();
}
