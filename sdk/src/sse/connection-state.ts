/** What a connection is doing, in words that can be shown. */

/** State of a stream. `reason` and `error` say why, `nextAttemptAt` (Unix ms) when it goes on. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | {
      readonly status: 'reconnecting';
      /** 1-based number of the attempt that comes next in this outage. */
      readonly attempt: number;
      /** How many attempts an outage gets. */
      readonly of: number;
      readonly nextAttemptAt: number;
      readonly reason: Error;
    }
  /** For good: by the caller, or because the server said that nothing more will come. */
  | { readonly status: 'closed' }
  /** The attempts are used up, or the error is one that no retry mends; `reconnect()` tries again. */
  | { readonly status: 'failed'; readonly error: Error };
