/** What a trace consists of: plain data that survives JSON. */

/** A trace on its way to support. Holds what the jobs are about, but no secrets. */
export interface ExportedTrace {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Older entries that were given up to stay within the limits. */
  readonly dropped: number;
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
}

/** One thing that happened. */
export type TraceEntry = TraceEvent & {
  /** Milliseconds since the trace began. */
  readonly at: number;
};

export type TraceEvent =
  /** A request was answered, or failed when there is no `status`. */
  | {
      readonly kind: 'call';
      readonly method: string;
      /** Path and harmless parts of the query. */
      readonly path: string;
      readonly status?: number;
      /** Until the answer began, or until the failure. */
      readonly ms: number;
      /** The answer's `X-Correlation-ID`. */
      readonly requestId?: string;
      /** Why there was no answer. */
      readonly message?: string;
      readonly cause?: string;
      /** The answer, if it is the state of a job or says what is wrong. */
      readonly body?: string;
    }
  | (OfConnection &
      (
        | { readonly kind: 'attempt'; readonly lastEventId: string }
        | { readonly kind: 'open'; readonly status: 'open' | 'polling' }
        | { readonly kind: 'frame'; readonly type: string; readonly id: string; readonly data: string }
        /** The cursor moved without an event. */
        | { readonly kind: 'id'; readonly id: string }
        /** The server asked for this reconnection time. */
        | { readonly kind: 'retry'; readonly ms: number }
        /** The server ended the connection in order; `final`: nothing more will ever come. */
        | { readonly kind: 'end'; readonly final: boolean }
        /** This program ended the connection. */
        | { readonly kind: 'close' }
        | ({ readonly kind: 'error' } & TracedError)
      ));

interface OfConnection {
  /** Number of the connection in this trace, from 1. */
  readonly connection: number;
  /** Path and harmless parts of the query. */
  readonly path: string;
}

export interface TracedError {
  readonly name: string;
  readonly message: string;
  /** Message of the error behind it: where `fetch` says why it failed. */
  readonly cause?: string;
  /** What follows is there for errors of the SDK. */
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryable?: boolean;
  /** The problem object of the answer. */
  readonly body?: string;
}
