/** One connection for all tabs of a browser: HTTP/1.1 has six for an origin, and a person has more tabs (C-37). */
import { sse } from '../sse/sse-transport.ts';
import type { Link, Transport } from '../sse/transport.ts';
import { LinkTeller } from './link-teller.ts';
import { Seat } from './seat.ts';

export interface ShareOptions {
  /**
   * Who is signed in, such as a user id: tabs share a connection only under the same name. Needed where a cookie says
   * who it is, or where each tab has a token of its own.
   *
   * @defaultValue the request headers, of which only a digest is used
   */
  name?: string;
}

/**
 * Wraps a transport so that tabs which ask for the same stream as the same user share its connection: one tab has it,
 * the others hear what it brings. When that tab is closed, crashes or sleeps, another takes over from its own cursor.
 *
 * Where the browser lacks Web Locks or BroadcastChannel, as on an insecure page, each tab has its own connection.
 *
 * @example const client = new AuraClient({ transport: shareAcrossTabs() });
 */
export function shareAcrossTabs(transport: Transport = sse, { name }: ShareOptions = {}): Transport {
  return async (link) => {
    const { navigator, BroadcastChannel: channels, crypto }: Partial<typeof globalThis> = globalThis;
    const locks: LockManager | undefined = navigator?.locks;
    if (!locks || !channels || !crypto?.subtle) return transport(link);
    const teller = new LinkTeller(link);
    for (;;) {
      const room = await roomOf(link, name);
      link.signal.throwIfAborted();
      const stillHere = async (): Promise<boolean> => (await roomOf(link, name)) === room;
      const ending = await new Promise<boolean | void | 'moved'>((resolve, reject) => {
        try {
          new Seat({ room, link, teller, transport, locks, stillHere, resolve, reject });
        } catch {
          // A browser may have channels and forbid them.
          resolve(transport(link));
        }
      });
      if (ending !== 'moved') return ending;
    }
  };
}

/** Name of the lock and the channel. Any script of the origin can read it, so it says nothing of token or user. */
async function roomOf(link: Link, name: string | undefined): Promise<string> {
  const headers = await link.headers();
  headers.delete('last-event-id');
  // Makes the URL absolute as `fetch` does.
  const { url } = new Request(link.url);
  const text = JSON.stringify([url, name ?? [...headers]]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `aura-jobs ${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
