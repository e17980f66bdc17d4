/** One of several connections for the same link, which keeps silent until it has heard something. */
import { isSeen } from '../protocol/event-id.ts';
import type { Link } from '../sse/transport.ts';

/**
 * A link for one transport. What it hears first calls `onHeard` – a byte, not only the headers of an answer, which a
 * proxy may send by itself. From there on it speaks for the link, and leaves out what another branch has delivered
 * meanwhile.
 *
 * @param signal ends this branch: nothing passes any more
 */
export function branchOf(link: Link, signal: AbortSignal, onHeard: () => void): Link {
  const begunAt = link.lastEventId;
  let status: 'open' | 'polling' | undefined;
  let heard = false;
  /** Events may come that another branch has delivered while this one was being opened. */
  let behind = false;
  let repeated = false;

  function passes(): boolean {
    if (!heard && !signal.aborted) {
      heard = true;
      behind = link.lastEventId !== begunAt;
      onHeard();
      link.onOpen(status);
    }
    return !signal.aborted;
  }

  return {
    url: link.url,
    signal,
    maxEventLength: link.maxEventLength,
    get lastEventId() {
      return link.lastEventId;
    },
    headers: () => link.headers(),
    get: (accept, url, until = signal) => link.get(accept, url, until),
    onOpen(given) {
      status = given;
      if (heard && passes()) link.onOpen(given);
    },
    onAlive() {
      if (passes()) link.onAlive();
    },
    onId(id) {
      if (!passes()) return;
      // Ids rise, so behind the first new one all are new.
      behind = repeated = behind && isSeen(id, link.lastEventId);
      if (!repeated) link.onId(id);
    },
    onEvent(type, data, id) {
      if (!passes()) return;
      // The cursor was lost, so what follows is told from the beginning (AC-08).
      if (type === 'resync') behind = false;
      if (!repeated || !id) link.onEvent(type, data, id);
    },
    onRetry(ms) {
      if (passes()) link.onRetry(ms);
    },
  };
}
