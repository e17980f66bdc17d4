/** A Server-Sent Events connection that survives: one attempt after another, each from the last id (WHATWG HTML, 9.2). */
import { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { report } from '../errors/report.ts';
import { abortable, abortableDelay, onAbort } from '../http/abort.ts';
import { isTransient, retryAfterMs } from '../http/retry-after.ts';
import { isSeen } from '../protocol/event-id.ts';
import { backoffDelay, DEFAULT_RETRY } from './backoff.ts';
import type { RetryOptions } from './backoff.ts';
import type { ConnectionState } from './connection-state.ts';
import { followPage, isOffline } from './page-life.ts';
import { sse } from './sse-transport.ts';
import type { Link, Transport } from './transport.ts';
import { startWatchdog } from './watchdog.ts';

/** One event as the standard defines it. */
export interface StreamEvent {
  /** Event name, `message` where the server gave none. */
  readonly type: string;
  readonly data: string;
  /** The newest id of the stream, which a reconnect starts from. */
  readonly lastEventId: string;
  /** This event's own id, `''` where it had none. */
  readonly id: string;
}

export interface EventStreamOptions {
  /** Request headers, or a function that is asked before each attempt, and once more after a 401, for a fresh token. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  credentials?: RequestCredentials;
  /** Go on after this event. */
  lastEventId?: string;
  /** @defaultValue the global `fetch` */
  fetch?: typeof globalThis.fetch;
  retry?: RetryOptions;
  /** Silence after which an open connection counts as dead, in ms. @defaultValue 30000, three keep-alive intervals */
  silenceTimeoutMs?: number;
  /** Longest event in characters; a longer one is a {@link ProtocolError}. @defaultValue 8388608 */
  maxEventLength?: number;
  /** Closes the stream. */
  signal?: AbortSignal;
  /** How the events travel. @defaultValue Server-Sent Events */
  transport?: Transport;
  /**
   * Runs before each attempt; what it throws counts as that attempt's error. Resolve to an event id to go on from there,
   * to `false` to end for good.
   */
  beforeConnect?: (signal: AbortSignal) => Promise<string | false | undefined>;
  /** Makes the error for an answer that is not 200. */
  readError?: (response: Response) => Promise<AuraError>;
  onOpen?: () => void;
  onEvent?: (event: StreamEvent) => void;
  onStateChange?: (state: ConnectionState) => void;
  /** Every failed attempt, also those that are tried again. */
  onError?: (error: AuraError) => void;
}

/** A running stream. */
export interface EventStream {
  readonly state: ConnectionState;
  readonly lastEventId: string;
  /** When something was heard last, if only a sign of life: Unix ms, 0 for never. */
  readonly lastNewsAt: number;
  /** Ends the stream at once; no callback runs afterwards except the state change. */
  close(): void;
  /**
   * Tries now, with a fresh count of attempts: ends a wait, starts again after `failed` or `close`, replaces an open
   * connection. Does nothing once the signal is aborted.
   */
  reconnect(): void;
}

/** A connection that lived this long has proved itself even without an event. */
const PROVEN_AFTER_MS = 10_000;

/** How one connection ended. */
interface Ending {
  error?: AuraError;
  /** No further attempt makes sense. */
  final?: boolean | void;
  /** The connection brought something new or lived long enough, so the outage before it is over (C-08). */
  proven?: boolean;
  /** It lived long enough. */
  lived?: boolean;
  /** `retry:` as this connection sent it. */
  retryMs?: number;
}

/**
 * Reads any SSE endpoint and stays connected: exponential backoff, `Last-Event-ID`, `retry:` and `Retry-After` kept
 * exactly, a watchdog against silence. Every event name is delivered.
 *
 * @example
 * const stream = connectEventStream('/api/jobs/job-1/events', {
 *   onEvent: ({ type, data }) => console.log(type, JSON.parse(data)),
 *   onStateChange: (state) => console.log(state.status),
 * });
 * stream.close();
 */
export function connectEventStream(url: string | URL, options: EventStreamOptions = {}): EventStream {
  const { transport = sse, readError = statusError, headers: givenHeaders } = options;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  let state: ConnectionState = { status: options.signal?.aborted ? 'closed' : 'connecting' };
  let lastEventId = options.lastEventId ?? '';
  /** The newest event of all connections: a server may tell older ones again. */
  let newest = lastEventId;
  let lastNewsAt = 0;
  /** The server's standing reconnection time (`retry:` field). */
  let serverDelayMs = 0;
  let running: AbortController | undefined;
  let release = (): void => {};

  function setState(next: ConnectionState): void {
    state = next;
    report(options.onStateChange, next);
  }

  function pause(): void {
    running?.abort();
    release();
  }

  function stop(next: ConnectionState): void {
    pause();
    if (state.status !== 'closed') setState(next);
  }

  function close(): void {
    stop({ status: 'closed' });
  }

  function start(): void {
    pause();
    if (options.signal?.aborted) return;
    const releases = [onAbort(options.signal, close), followPage(onPage)];
    release = () => releases.forEach((forget) => forget());
    const { signal } = (running = new AbortController());
    setState({ status: 'connecting' });
    // The callback may have closed the stream again.
    if (!signal.aborted) void run(signal);
  }

  /** A sleeping page must not hold a connection; one that wakes up or finds its network again wants one at once. */
  function onPage({ type }: { readonly type: string }): void {
    if (type === 'pagehide' || type === 'freeze') {
      running?.abort();
      setState({ status: 'offline' });
    } else if (type === 'offline' || state.status === 'offline' || state.status === 'reconnecting') start();
  }

  /** Attempts, one after another, until the stream is closed or given up. */
  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let refused = false;
    for (;;) {
      const { error, final, proven, lived, retryMs } = await attempt(signal);
      if (signal.aborted) return;
      // A token may have run out: a function that makes headers is asked once more before 401 is final.
      refused = error?.status === 401 && !refused && typeof givenHeaders === 'function';
      if (refused) continue;
      if (error) report(options.onError, error);
      if (signal.aborted) return;
      if (final) return stop(error ? { status: 'failed', error } : { status: 'closed' });
      if (proven) failures = 0;
      // A clean end after a good connection is the server's rotation: back at once, and no failure (C-07). One that came
      // soon may come again and again.
      let delayMs = retryMs ?? (lived ? 0 : backoffDelay(1, retry));
      if (!error) setState({ status: 'connecting' });
      // Without a network no attempt is worth its number; `onPage` starts again.
      else if (isOffline() && error.status === undefined) return setState({ status: 'offline' });
      else {
        if (++failures > retry.maxAttempts) return stop({ status: 'failed', error });
        // What the server asked for is kept exactly; our own waits grow from its standing time, or from ours.
        delayMs =
          error.retryAfterMs ??
          (failures === 1 ? retryMs : undefined) ??
          backoffDelay(failures, { ...retry, initialDelayMs: Math.max(serverDelayMs, retry.initialDelayMs) });
        const nextAttemptAt = Date.now() + delayMs;
        setState({ status: 'reconnecting', attempt: failures, of: retry.maxAttempts, nextAttemptAt, reason: error });
      }
      if (delayMs) await abortableDelay(delayMs, signal).catch(() => {});
      if (signal.aborted) return;
    }
  }

  /** One connection, from request to end. Never throws. */
  async function attempt(outer: AbortSignal): Promise<Ending> {
    const ending: Ending = {};
    const connection = new AbortController();
    const forget = onAbort(outer, (reason) => connection.abort(reason));
    const watchdog = startWatchdog(options.silenceTimeoutMs ?? 30_000, () =>
      connection.abort(lost('nothing was heard')),
    );
    try {
      ending.final = await abortable(connect(connection.signal, watchdog.feed, ending), connection.signal);
      if (!ending.final && !ending.proven) throw lost('it ended before it brought anything new');
    } catch (error) {
      ending.error = error instanceof AuraError ? error : lost(error instanceof Error ? error.message : error, error);
      ending.final = !ending.error.retryable;
    }
    watchdog.stop();
    forget();
    connection.abort();
    return ending;
  }

  async function connect(signal: AbortSignal, onAlive: (now: number) => void, ending: Ending): Promise<boolean | void> {
    const from = await options.beforeConnect?.(signal);
    if (from === false) return true;
    if (from) lastEventId = from;
    signal.throwIfAborted();
    let openedAt = Infinity;
    // A callback may close the stream in the middle of a read: what follows was not delivered, so it does not count.
    let live = true;
    const forget = onAbort(signal, () => (live = false));
    const link: Link = {
      url: String(url),
      signal,
      maxEventLength: options.maxEventLength ?? 8 * 1024 * 1024,
      get lastEventId() {
        return lastEventId;
      },
      async headers() {
        const headers = new Headers(await (typeof givenHeaders === 'function' ? givenHeaders() : givenHeaders));
        // [spec] The last event ID is sent in UTF-8; a header holds it byte by byte.
        if (lastEventId) headers.set('last-event-id', String.fromCharCode(...new TextEncoder().encode(lastEventId)));
        return headers;
      },
      async get(accept, target = link.url, until = signal) {
        const headers = await link.headers();
        headers.set('accept', accept);
        until.throwIfAborted();
        const { credentials, fetch = globalThis.fetch } = options;
        const response = await fetch(target, {
          headers,
          signal: until,
          cache: 'no-store',
          ...(credentials && { credentials }),
        });
        if (response.status !== 200 && response.status !== 204) throw await readError(response);
        return response;
      },
      onOpen(status = 'open') {
        if (!live) return;
        openedAt = Date.now();
        link.onAlive();
        setState({ status });
        report(options.onOpen, undefined);
      },
      onAlive() {
        // One clock reading for each read is enough.
        onAlive((lastNewsAt = Date.now()));
      },
      onId(id) {
        if (!live) return;
        ending.proven ||= !isSeen(id, newest);
        lastEventId = id;
      },
      onEvent(type, data, id) {
        if (live) report(options.onEvent, { type, data, lastEventId, id });
      },
      onRetry(ms) {
        serverDelayMs = ending.retryMs = ms;
      },
    };
    try {
      return await transport(link);
    } finally {
      forget();
      // Here and not for each event: it is asked only of the first one of a connection.
      if (!isSeen(lastEventId, newest)) newest = lastEventId;
      if (Date.now() - openedAt >= PROVEN_AFTER_MS) ending.proven = ending.lived = true;
    }
  }

  start();

  return {
    get state() {
      return state;
    },
    get lastEventId() {
      return lastEventId;
    },
    get lastNewsAt() {
      return lastNewsAt;
    },
    close,
    reconnect: start,
  };
}

function lost(why: unknown, cause?: unknown): ConnectionError {
  return new ConnectionError(`The stream broke off: ${String(why)}.`, {
    code: 'ConnectionLost',
    retryable: true,
    cause,
  });
}

async function statusError(response: Response): Promise<AuraError> {
  const { status } = response;
  return new AuraError(`${response.url} answered ${status}.`, {
    code: 'HttpStatus',
    status,
    retryable: isTransient(status),
    retryAfterMs: retryAfterMs(response),
  });
}
