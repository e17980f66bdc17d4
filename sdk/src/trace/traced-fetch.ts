/** A `fetch` that notes each call: method, path, status and time, never headers, and bodies only where they tell. */
import { describeFault } from './describe-fault.ts';
import { pathOf } from './path-of.ts';
import type { TraceEvent } from './trace-entry.ts';
import type { Note } from './trace-log.ts';

/** The one good answer that a replay needs. */
const IS_JOB = /\/api\/jobs\/[^/?]+$/;

type Outcome = Partial<
  Pick<Extract<TraceEvent, { kind: 'call' }>, 'status' | 'requestId' | 'message' | 'cause' | 'body'>
>;

export function tracedFetch(fetch: typeof globalThis.fetch, note: Note): typeof globalThis.fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const method = init?.method ?? request?.method ?? 'GET';
    const path = pathOf(request?.url ?? String(input));
    const begin = performance.now();
    const end = (outcome: Outcome): void => note({ kind: 'call', method, path, ms, ...outcome });
    let ms = 0;
    let response: Response;
    try {
      response = await fetch(input, init);
      ms = Math.round(performance.now() - begin);
    } catch (error) {
      ms = Math.round(performance.now() - begin);
      const { message, cause } = describeFault(error);
      end({ message, ...(cause !== undefined && { cause }) });
      throw error;
    }
    const { status, headers } = response;
    const requestId = headers.get('x-correlation-id') ?? undefined;
    const facts = { status, ...(requestId !== undefined && { requestId }) };
    if (response.ok && (method !== 'GET' || !IS_JOB.test(path))) end(facts);
    else {
      response
        .clone()
        .text()
        .then(
          (body) => end({ ...facts, body }),
          () => end(facts),
        );
    }
    return response;
  };
}
