/** One way for events to travel. Server-Sent Events are the default; others are `@aura-jobs/sdk/transports`. */

/** What a transport is given for one connection, and what it tells. */
export interface Link {
  /** URL of the event stream. */
  readonly url: string;
  /** Go on after this event; `''` for the beginning. It moves on with each event. */
  readonly lastEventId: string;
  /** Ends the connection. */
  readonly signal: AbortSignal;
  /** Longest event in characters. */
  readonly maxEventLength: number;
  /** Headers for one request, with a fresh token and the cursor. */
  headers(): Promise<Headers>;
  /**
   * A `GET` with those headers.
   *
   * @param signal ends this request alone. @defaultValue the connection's
   * @throws {AuraError} the answer is neither 200 nor 204
   */
  get(accept: string, url?: string, signal?: AbortSignal): Promise<Response>;
  /** The connection stands. */
  onOpen(status?: 'open' | 'polling'): void;
  /** Something came, if only a sign of life. */
  onAlive(): void;
  /** The last event id; call it before the event that brought it. */
  onId(id: string): void;
  /** @param id the event's own id, `''` where it has none */
  onEvent(type: string, data: string, id: string): void;
  /** The server's reconnection time, in ms. */
  onRetry(ms: number): void;
}

/**
 * Holds one connection, from request to end. Resolves at a clean end, to `true` when nothing more will ever come;
 * rejects with what went wrong. The attempts, the waits and the cursor are not its business.
 */
export type Transport = (link: Link) => Promise<boolean | void>;
