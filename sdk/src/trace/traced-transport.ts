/** A transport that notes what another one does. */
import type { Link, Transport } from '../sse/transport.ts';
import { describeFault } from './describe-fault.ts';
import { pathOf } from './path-of.ts';
import type { TracedError } from './trace-entry.ts';
import type { Note } from './trace-log.ts';

/** Numbers the connections of one trace. */
export type NextNumber = () => number;

/** @param describe what to say of an error */
export function tracedTransport(
  transport: Transport,
  note: Note,
  nextNumber: NextNumber,
  describe: (error: unknown) => TracedError = describeFault,
): Transport {
  return async (link) => {
    const of = { connection: nextNumber(), path: pathOf(link.url) };
    /** An id that no event has brought yet. */
    let bareId: string | undefined;
    const tellBareId = (): void => {
      if (bareId !== undefined) note({ kind: 'id', ...of, id: bareId });
      bareId = undefined;
    };
    const traced: Link = {
      url: link.url,
      signal: link.signal,
      maxEventLength: link.maxEventLength,
      get lastEventId() {
        return link.lastEventId;
      },
      headers: () => link.headers(),
      get: (...args) => link.get(...args),
      onOpen(status = 'open') {
        note({ kind: 'open', ...of, status });
        link.onOpen(status);
      },
      onAlive: () => link.onAlive(),
      onId(id) {
        tellBareId();
        bareId = id;
        link.onId(id);
      },
      onEvent(type, data, id) {
        if (bareId === id) bareId = undefined;
        tellBareId();
        note({ kind: 'frame', ...of, type, id, data });
        link.onEvent(type, data, id);
      },
      onRetry(ms) {
        note({ kind: 'retry', ...of, ms });
        link.onRetry(ms);
      },
    };
    note({ kind: 'attempt', ...of, lastEventId: link.lastEventId });
    try {
      const final = await transport(traced);
      tellBareId();
      note({ kind: 'end', ...of, final: final === true });
      return final;
    } catch (error) {
      tellBareId();
      // An abort says why it was made: because nothing was heard, or because nobody listens any more.
      const reason: unknown = link.signal.aborted ? link.signal.reason : error;
      if (reason instanceof Error && reason.name === 'AbortError') note({ kind: 'close', ...of });
      else note({ kind: 'error', ...of, ...describe(reason) });
      throw error;
    }
  };
}
