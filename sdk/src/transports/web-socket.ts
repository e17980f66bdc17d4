/** Events on a WebSocket, for where streams are held back (AC-69). */
import { ProtocolError } from '../errors/protocol-error.ts';
import { onAbort } from '../http/abort.ts';
import type { Link, Transport } from '../sse/transport.ts';
import { deliver, invalidAnswer, parseJson } from './deliver.ts';
import { socketProtocols, socketUrl } from './socket-address.ts';
import { readClose } from './socket-close.ts';

/**
 * One WebSocket per connection. Of the headers only a bearer token can travel; cookies do by themselves.
 *
 * @example new AuraClient({ transport: webSocket });
 */
export const webSocket: Transport = async (link) => {
  const url = socketUrl(link);
  if (typeof globalThis.WebSocket !== 'function') throw missing();
  const protocols = socketProtocols(await link.headers());
  link.signal.throwIfAborted();
  const socket = new globalThis.WebSocket(url, protocols);
  const listening = new AbortController();
  const { signal } = listening;
  let forget = (): void => {};
  try {
    return await new Promise<boolean>((resolve, reject) => {
      forget = onAbort(link.signal, reject);
      let opened = false;
      const onMessage = ({ data }: MessageEvent<unknown>): void => {
        try {
          if (!opened) link.onOpen();
          opened = true;
          link.onAlive();
          take(link, data);
        } catch (error) {
          listening.abort();
          reject(error);
        }
      };
      // It may close after an abort has rejected already: nobody waits for the reason then.
      const onClose = (event: CloseEvent): void =>
        void readClose(event, new URL(url).pathname, opened).then(resolve, reject);
      socket.addEventListener('message', onMessage, { signal });
      socket.addEventListener('close', onClose, { signal });
      // `close` follows and says more.
      socket.addEventListener('error', () => {}, { signal });
    });
  } finally {
    forget();
    listening.abort();
    socket.close();
  }
};

function take(link: Link, data: unknown): void {
  if (typeof data !== 'string') throw invalidAnswer(link, 'a message that is not text');
  const message = Object(parseJson(link, data)) as { type?: unknown; ms?: unknown };
  if (message.type === 'keepalive') return;
  if (message.type !== 'retry') deliver(link, message);
  else if (typeof message.ms === 'number') link.onRetry(message.ms);
}

function missing(): ProtocolError {
  const message =
    'This runtime has no WebSocket. Use Node 22 or newer, set globalThis.WebSocket, or use another transport.';
  return new ProtocolError(message, { code: 'NoWebSocket' });
}
