/** Transports by the names that a page can write into an attribute. */
import type { Transport } from '@aura-jobs/sdk';
// oxlint-disable-next-line no-restricted-imports -- a public entry of the SDK
import { auto, longPolling, webSocket } from '@aura-jobs/sdk/transports';

/** How events travel. */
export type TransportName = 'sse' | 'auto' | 'websocket' | 'polling';

/** What got through is remembered by a transport, so all clients of a page share one. */
let found: Transport | undefined;

/** @returns `undefined` for Server-Sent Events, and for a name that nobody knows */
export function transportNamed(name: string): Transport | undefined {
  if (name === 'auto') return (found ??= auto());
  if (name === 'websocket') return webSocket;
  return name === 'polling' ? longPolling() : undefined;
}
