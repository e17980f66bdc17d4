/** Server-Sent Events over `fetch`: unlike `EventSource` with headers, status codes and one owner of reconnection. */
import { ProtocolError } from '../errors/protocol-error.ts';
import { createStreamParser } from './stream-parser.ts';
import type { Transport } from './transport.ts';

/** Longest time that a burst may hold the page, in ms. */
const TURN_MS = 20;

export const sse: Transport = async (link) => {
  const response = await link.get('text/event-stream');
  // [spec] 204 ends the stream for good.
  if (response.status === 204) return true;
  const type = response.headers.get('content-type') ?? '';
  // [spec] So does anything but text/event-stream.
  if (!/^text\/event-stream\s*(;|$)/i.test(type) || !response.body) {
    const message = `${link.url} answered with "${type}" where text/event-stream was expected.`;
    throw new ProtocolError(message, { code: 'WrongContentType', status: response.status });
  }
  link.onOpen();
  const parse = createStreamParser(link, link.maxEventLength);
  // The parser takes the byte order mark away, and only one.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // A plain reader loop: WebKit's streams are not async iterable, and a pipe costs a quarter of the speed.
  const reader = response.body.getReader();
  for (let turn = performance.now(); ;) {
    const { done, value } = await reader.read();
    if (done) return;
    link.onAlive();
    parse(decoder.decode(value, { stream: true }));
    link.signal.throwIfAborted();
    // What has arrived already is read without a pause, so a long burst would be one long task.
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
};

/** Lets the page paint and answer. Each environment has its own way that does not wait longer than that. */
function nextTurn(): Promise<void> {
  const { scheduler, setImmediate = setTimeout }: Environment = globalThis;
  return scheduler?.yield?.() ?? new Promise((resolve) => void setImmediate(resolve));
}

interface Environment {
  scheduler?: { yield?(): Promise<void> };
  setImmediate?: (callback: () => void) => unknown;
}
