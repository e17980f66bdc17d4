/** Reads a WebSocket without the SDK, as the messages that came. */
import type { RawEvent } from './simulated-jobs.ts';

export interface RawSocket {
  readonly protocol: string;
  /** Messages so far, of every kind. */
  readonly messages: readonly (RawEvent & { readonly ms?: number })[];
  /** Messages that are events. */
  readonly events: readonly RawEvent[];
  /** Resolves when `found` holds for the messages so far; rejects when the socket is closed first. */
  until(found: (messages: readonly RawEvent[]) => boolean): Promise<void>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(text: string): void;
  close(): void;
}

/** @param url as of the stream, `http:` */
export async function openRawSocket(url: string, protocols: string[] = []): Promise<RawSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols);
  const messages: RawEvent[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  const check = (): void => {
    for (const one of waiting) one();
  };
  socket.addEventListener('message', ({ data }) => {
    messages.push(JSON.parse(data as string) as RawEvent);
    check();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => {
      over = true;
      check();
      resolve({ code, reason });
    });
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`The socket ${url} did not open.`)));
  });
  return {
    protocol: socket.protocol,
    messages,
    get events() {
      return messages.filter(({ type }) => type !== 'keepalive' && type !== 'retry');
    },
    until: (found) =>
      new Promise((resolve, reject) => {
        const one = (): void => {
          const done = found(messages);
          if (!done && !over) return;
          waiting.delete(one);
          if (done) resolve();
          else reject(new Error(`The socket was closed first, after ${JSON.stringify(messages)}`));
        };
        waiting.add(one);
        one();
      }),
    closed,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
