/** How much one user may ask for. 0 means as much as they like. */

export interface Limits {
  /** Streams, sockets and long polls that are open at the same time (guide: 10, AC-51). */
  readonly streams: number;
  /** New jobs and retries in a minute (guide: 5, AC-52). */
  readonly creationsPerMinute: number;
  /** Requests to cancel in a minute (guide: 10, AC-52). One for several jobs counts once. */
  readonly cancelsPerMinute: number;
  /** Jobs that wait, run or rest. */
  readonly queuedJobs: number;
  /** Space for finished videos, in bytes. */
  readonly diskBytes: number;
}

/** What holds where callers sign in. */
export const DEFAULT_LIMITS: Limits = {
  streams: 10,
  creationsPerMinute: 5,
  cancelsPerMinute: 10,
  queuedJobs: 20,
  diskBytes: 5_000_000_000,
};

/** What holds for the one person at this machine. */
export const NO_LIMITS: Limits = {
  streams: 0,
  creationsPerMinute: 0,
  cancelsPerMinute: 0,
  queuedJobs: 0,
  diskBytes: 0,
};
