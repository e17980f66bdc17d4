/** A Server-Sent Events connection that survives: one attempt after another, each from the last id (WHATWG HTML, 9.2). */
import { createParser } from 'eventsource-parser';
import { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { report } from '../errors/report.ts';
import { abortable, abortableDelay } from '../http/abortable-delay.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { backoffDelay, DEFAULT_RETRY } from './backoff.ts';
import type { RetryOptions } from './backoff.ts';
import type { ConnectionState } from './connection-state.ts';
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
  /** Runs before each attempt; what it throws counts as that attempt's error. Resolve to `false` to end for good. */
  beforeConnect?: (signal: AbortSignal) => Promise<boolean | void>;
  /** Makes the error for an answer that is not 200. */
  readError?: (response: Response) => Promise<AuraError>;
  onOpen?: (response: Response) => void;
  onEvent?: (event: StreamEvent) => void;
  onStateChange?: (state: ConnectionState) => void;
  /** Every failed attempt, also those that are tried again. */
  onError?: (error: AuraError) => void;
}

/** A running stream. */
export interface EventStream {
  readonly state: ConnectionState;
  readonly lastEventId: string;
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
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const readError = options.readError ?? statusError;
  let lastEventId = options.lastEventId ?? '';
  let state: ConnectionState = { status: 'connecting' };
  /** The server's standing reconnection time (`retry:` field). */
  let serverDelayMs: number | undefined;
  let running: AbortController | undefined;

  function setState(next: ConnectionState): void {
    state = next;
    report(options.onStateChange, next);
  }

  function stop(next: ConnectionState): void {
    running?.abort();
    running = undefined;
    options.signal?.removeEventListener('abort', close);
    if (state.status !== 'closed') setState(next);
  }

  function close(): void {
    stop({ status: 'closed' });
  }

  function start(): void {
    if (options.signal?.aborted) return;
    running?.abort();
    const { signal } = (running = new AbortController());
    options.signal?.addEventListener('abort', close, { once: true });
    setState({ status: 'connecting' });
    // The callback may have closed the stream again.
    if (!signal.aborted) void run(signal);
  }

  /** Attempts, one after another, until the stream is closed or given up. */
  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let refused = false;
    for (;;) {
      const ending = await attempt(signal);
      if (signal.aborted) return;
      const { error } = ending;
      // A token may have run out: a function that makes headers is asked once more before 401 is final.
      if (error?.status === 401 && !refused && typeof options.headers === 'function') {
        refused = true;
        continue;
      }
      refused = false;
      if (error) report(options.onError, error);
      if (signal.aborted) return;
      if (ending.final) return stop(error ? { status: 'failed', error } : { status: 'closed' });
      if (ending.proven) failures = 0;
      let delayMs = ending.retryMs ?? 0;
      if (error) {
        failures++;
        if (failures > retry.maxAttempts) return stop({ status: 'failed', error });
        delayMs = waitFor(failures, ending);
        const nextAttemptAt = Date.now() + delayMs;
        setState({ status: 'reconnecting', attempt: failures, of: retry.maxAttempts, nextAttemptAt, reason: error });
      } else {
        // A clean end after a good connection is the server's rotation: back at once, and no failure (C-07).
        setState({ status: 'connecting' });
      }
      if (delayMs > 0) await abortableDelay(delayMs, signal).catch(() => {});
      if (signal.aborted) return;
    }
  }

  /** What the server asked for is kept exactly; our own waits grow from its standing reconnection time, or from ours. */
  function waitFor(failures: number, { retryMs, error }: Ending): number {
    if (error?.retryAfterMs !== undefined) return error.retryAfterMs;
    if (failures === 1 && retryMs !== undefined) return retryMs;
    return backoffDelay(failures, { ...retry, initialDelayMs: Math.max(serverDelayMs ?? 0, retry.initialDelayMs) });
  }

  /** One connection, from request to end. Never throws. */
  async function attempt(outer: AbortSignal): Promise<Ending> {
    const connection = new AbortController();
    const abort = (): void => connection.abort(outer.reason);
    outer.addEventListener('abort', abort, { once: true });
    const watchdog = startWatchdog(options.silenceTimeoutMs ?? 30_000, () =>
      connection.abort(new ConnectionError('Nothing was heard from the server for too long.', TRANSIENT)),
    );
    const ending: Ending = {};
    try {
      if (options.beforeConnect) {
        const goOn = await abortable(options.beforeConnect(connection.signal), connection.signal);
        if (goOn === false) return { final: true };
      }
      const response = await open(connection.signal);
      if (!response) return { final: true };
      connection.signal.throwIfAborted();
      watchdog.feed();
      setState({ status: 'open' });
      report(options.onOpen, response);
      await read(response, connection.signal, watchdog.feed, ending);
      if (!ending.proven) throw new ConnectionError('The stream ended before it brought anything new.', TRANSIENT);
    } catch (error) {
      ending.error = toAuraError(connection.signal.aborted ? connection.signal.reason : error);
      ending.final = !ending.error.retryable;
    } finally {
      watchdog.stop();
      outer.removeEventListener('abort', abort);
      connection.abort();
    }
    return ending;
  }

  /** @returns the response, or `undefined` for 204: nothing more will ever come. */
  async function open(signal: AbortSignal): Promise<Response | undefined> {
    const given = typeof options.headers === 'function' ? options.headers() : options.headers;
    const headers = new Headers(await abortable(Promise.resolve(given), signal));
    headers.set('accept', 'text/event-stream');
    // [spec] The last event ID is sent in UTF-8; a header holds it byte by byte.
    if (lastEventId) headers.set('last-event-id', String.fromCharCode(...new TextEncoder().encode(lastEventId)));
    const { credentials, fetch = globalThis.fetch } = options;
    const response = await fetch(url, { headers, signal, cache: 'no-store', ...(credentials && { credentials }) });
    if (response.status === 204) return undefined;
    if (response.status !== 200) throw await readError(response);
    // [spec] Anything but text/event-stream fails the connection for good.
    const type = response.headers.get('content-type') ?? '';
    if (!/^text\/event-stream\s*(;|$)/i.test(type) || !response.body) {
      throw new ProtocolError(`${String(url)} answered with "${type}" where text/event-stream was expected.`, {
        code: 'WrongContentType',
        status: response.status,
      });
    }
    return response;
  }

  async function read(response: Response, signal: AbortSignal, onBytes: () => void, ending: Ending): Promise<void> {
    const openedAt = Date.now();
    const maxLength = options.maxEventLength ?? 8 * 1024 * 1024;
    const parser = createParser({
      maxBufferSize: maxLength,
      // A callback may close the stream in the middle of a chunk: what follows was not delivered, so it does not count.
      onId(id) {
        if (signal.aborted) return;
        if (id !== lastEventId) ending.proven = true;
        lastEventId = id;
      },
      onEvent({ event = 'message', data, id = '' }) {
        if (data.length > maxLength) throw tooLong();
        if (!signal.aborted) report(options.onEvent, { type: event, data, lastEventId, id });
      },
      onRetry(ms) {
        serverDelayMs = ms;
        ending.retryMs = ms;
      },
      onError(error) {
        if (error.type === 'max-buffer-size-exceeded') throw tooLong();
      },
    });
    // A plain reader loop: WebKit's streams are not async iterable, and a pipe costs a quarter of the speed.
    const reader = response.body!.getReader();
    // The parser takes the byte order mark away, and only one.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        onBytes();
        parser.feed(decoder.decode(value, { stream: true }));
        signal.throwIfAborted();
      }
    } finally {
      if (Date.now() - openedAt >= PROVEN_AFTER_MS) ending.proven = true;
    }
  }

  if (options.signal?.aborted) state = { status: 'closed' };
  start();

  return {
    get state() {
      return state;
    },
    get lastEventId() {
      return lastEventId;
    },
    close,
    reconnect: start,
  };
}

interface Ending {
  /** No further attempt makes sense. */
  final?: boolean;
  error?: AuraError;
  /** The connection brought something new or lived long enough, so the outage before it is over (C-08). */
  proven?: boolean;
  /** `retry:` as this connection sent it. */
  retryMs?: number;
}

const TRANSIENT = { code: 'ConnectionLost', retryable: true } as const;

function tooLong(): ProtocolError {
  const message = 'An event is longer than this client accepts. Raise maxEventLength, or let the server send less.';
  return new ProtocolError(message, { code: 'EventTooLong' });
}

function toAuraError(error: unknown): AuraError {
  if (error instanceof AuraError) return error;
  return new ConnectionError(
    `The stream could not be read: ${error instanceof Error ? error.message : String(error)}`,
    {
      ...TRANSIENT,
      cause: error,
    },
  );
}

async function statusError(response: Response): Promise<AuraError> {
  const { status } = response;
  return new AuraError(`${response.url} answered ${status}.`, {
    code: 'HttpStatus',
    status,
    retryable: status >= 500 || status === 429 || status === 408,
    retryAfterMs: retryAfterMs(response.headers),
  });
}
