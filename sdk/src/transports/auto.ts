/** Finds out which transport gets through, and comes back to the best one as soon as it does (AC-69). */
import { abortableDelay } from '../http/abort.ts';
import { sse } from '../sse/sse-transport.ts';
import type { Transport } from '../sse/transport.ts';
import { Contest } from './contest.ts';
import { KnownWay } from './known-way.ts';
import { longPolling } from './long-polling.ts';
import { webSocket } from './web-socket.ts';

export interface AutoOptions {
  /** How long a transport may keep silent before the next one is tried beside it, in ms. @defaultValue 5000 */
  firstByteMs?: number;
  /** When to try the first transport again while another one runs, in ms; doubles with each failure, up to 10 minutes. @defaultValue 60000 */
  probeEveryMs?: number;
  /** Best first. @defaultValue Server-Sent Events, WebSocket, long polling */
  transports?: readonly [Transport, ...Transport[]];
}

/**
 * Server-Sent Events where they get through, else what does. A stream that is silent keeps its chance until another
 * transport has brought a byte: so a proxy that collects streams is told from a server that is slow or down, and a
 * change of transport is never counted as a failure. What got through is remembered by this transport, so give all
 * clients of a page the same one.
 *
 * @example const client = new AuraClient({ transport: auto() });
 */
export function auto({
  firstByteMs = 5000,
  probeEveryMs = 60_000,
  transports = [sse, webSocket, longPolling()],
}: AutoOptions = {}): Transport {
  const [preferred] = transports;
  const known = new KnownWay(preferred, probeEveryMs);

  /** Tries the preferred transport beside the one that runs, now and then, until it takes over. */
  async function comeBack(contest: Contest): Promise<void> {
    while (contest.heard !== preferred) {
      await abortableDelay(known.waitMs, contest.signal);
      if (!known.claimProbe()) continue;
      const leave = await contest.enter(preferred, firstByteMs);
      if (contest.heard !== preferred) leave();
    }
  }

  return async (link) => {
    const contest = new Contest(link, transports, (transport) => {
      known.learn(transport);
      // It rejects when the connection ends, which is its end too.
      if (transport !== preferred) comeBack(contest).catch(() => {});
    });
    for (const transport of new Set([known.transport, ...transports])) {
      if (contest.heard || contest.signal.aborted) break;
      await contest.enter(transport, firstByteMs);
    }
    return contest.result;
  };
}
