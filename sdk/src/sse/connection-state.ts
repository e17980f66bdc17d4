/** What a connection is doing, in words that can be shown. */

/** State of a stream. `reason` and `error` say why, `nextAttemptAt` (Unix ms) when it goes on. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** Nothing between lets a stream through, so the news is asked for (AC-69). */
  | { readonly status: 'polling' }
  | {
      readonly status: 'reconnecting';
      /** 1-based number of the attempt that comes next in this outage. */
      readonly attempt: number;
      /** How many attempts an outage gets. */
      readonly of: number;
      readonly nextAttemptAt: number;
      readonly reason: Error;
    }
  /** The machine has no network, or the page sleeps; it goes on by itself as soon as that is over. */
  | { readonly status: 'offline' }
  /** For good: by the caller, or because the server said that nothing more will come. */
  | { readonly status: 'closed' }
  /** The attempts are used up, or the error is one that no retry mends; `reconnect()` tries again. */
  | { readonly status: 'failed'; readonly error: Error };
