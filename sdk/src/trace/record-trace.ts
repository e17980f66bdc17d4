/** Records what a client does, so that support can see it and play it back. */
import type { AuraClientOptions } from '../jobs/job-client.ts';
import { sse } from '../sse/sse-transport.ts';
import { describeFault } from './describe-fault.ts';
import { Secrets } from './secrets.ts';
import type { ExportedTrace, TracedError } from './trace-entry.ts';
import { TraceLog } from './trace-log.ts';
import { tracedFetch } from './traced-fetch.ts';
import { tracedTransport } from './traced-transport.ts';

export interface TraceOptions {
  /** How many entries are kept, the newest. @defaultValue 500 */
  limit?: number;
  /** How long their texts may be in all, in characters. @defaultValue 1000000 */
  maxCharacters?: number;
}

export interface Trace {
  /** The options of a client, with the recorder in the way of its requests and events. For any number of clients. */
  options(options?: AuraClientOptions): AuraClientOptions;
  /**
   * What was recorded so far, as an object that JSON can carry. It holds no headers, no cookies, no query values but
   * harmless ones, and no tokens (AC-49); it does hold the events, and so what the jobs are about.
   */
  exportTrace(): ExportedTrace;
}

/**
 * Starts a recording: each call, each attempt to connect, each event (guide, "Troubleshooting"). Costs a copy of each
 * event and a bounded amount of memory.
 *
 * @example
 * const trace = recordTrace();
 * const client = new AuraClient(trace.options({ baseUrl, getToken }));
 * // When a customer has trouble:
 * download('trace.json', JSON.stringify(trace.exportTrace()));
 */
export function recordTrace({ limit = 500, maxCharacters = 1_000_000 }: TraceOptions = {}): Trace {
  const secrets = new Secrets();
  const log = new TraceLog(limit, maxCharacters, secrets);
  /** What `getToken` threw: its words may be anything. */
  const tokenFaults = new WeakSet<object>();
  let connections = 0;

  function describe(error: unknown): TracedError {
    if (!isTokenFault(error)) return describeFault(error);
    return { name: (error as Error).name, message: 'getToken failed' };
  }

  function isTokenFault(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    return tokenFaults.has(error) || isTokenFault(error.cause);
  }

  return {
    options(options = {}) {
      const { transport = sse, getToken } = options;
      // Looked up at each call, as the client does, and called as a plain function.
      const fetch: typeof globalThis.fetch = (...args) => (options.fetch ?? globalThis.fetch)(...args);
      return {
        ...options,
        fetch: tracedFetch(fetch, log.note),
        transport: tracedTransport(transport, log.note, () => ++connections, describe),
        ...(getToken && {
          async getToken() {
            try {
              const token = await getToken.call(options);
              if (token) secrets.learn(token);
              return token;
            } catch (error) {
              if (error instanceof Error) tokenFaults.add(error);
              throw error;
            }
          },
        }),
      };
    },
    exportTrace: () => log.export(),
  };
}
