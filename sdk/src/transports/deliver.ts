/** An event as JSON, `{ id, type, data }`: the same on a page and on a socket. */
import { ProtocolError } from '../errors/protocol-error.ts';
import type { Link } from '../sse/transport.ts';

/** @throws {ProtocolError} it is no event, or too long a one */
export function deliver(link: Link, event: unknown): void {
  const { id: given, type, data } = Object(event) as { id?: unknown; type?: unknown; data?: unknown };
  const id = given ?? '';
  if (typeof type !== 'string' || typeof id !== 'string' || data === undefined) {
    throw invalidAnswer(link, 'something that is no event');
  }
  // Events are texts wherever they come from, so that all readers get the same.
  const text = JSON.stringify(data);
  if (text.length > link.maxEventLength) {
    throw new ProtocolError('An event is longer than maxEventLength.', { code: 'EventTooLong' });
  }
  if (id) link.onId(id);
  link.onEvent(type, text, id);
}

/** What is JSON elsewhere is JSON here. @throws {ProtocolError} it is not */
export function parseJson(link: Link, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidAnswer(link, 'something that is not JSON', cause);
  }
}

export function invalidAnswer({ url }: Link, what: string, cause?: unknown): ProtocolError {
  const message = `${url} sent ${what}. Check that the backend speaks this protocol, and what stands between.`;
  return new ProtocolError(message, { code: 'InvalidAnswer', cause });
}
