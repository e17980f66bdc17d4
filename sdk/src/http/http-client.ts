/** Requests with a base URL, a token, a time-out and typed errors. */
import { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { errorFromResponse } from '../errors/error-from-response.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { backoffDelay, DEFAULT_RETRY } from '../sse/backoff.ts';
import { abortable, abortableDelay, onAbort, startTimer } from './abort.ts';
import type { Logger } from './logger.ts';

const TIMEOUT_MS = 30_000;

export interface HttpOptions {
  /** Where the API lives, for example `https://video.example.com`. @defaultValue the page's own origin */
  baseUrl?: string;
  /** Asked before each request, and once more after a 401; the token goes into the `Authorization` header, never into a URL. */
  getToken?: () => string | null | undefined | Promise<string | null | undefined>;
  /** Whether cookies are sent. */
  credentials?: RequestCredentials;
  /** @defaultValue the global `fetch` */
  fetch?: typeof globalThis.fetch;
  /** How long one request may take, in ms. @defaultValue 30000 */
  timeoutMs?: number;
  /** Hears of connection states and failed attempts. @defaultValue silence */
  logger?: Logger;
}

export interface CallOptions {
  /** Aborts the call; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in ms. @defaultValue the client's `timeoutMs` */
  timeoutMs?: number | undefined;
  /** Tries after a failure that may pass. @defaultValue 2 for requests that can be repeated safely, else 0 */
  retries?: number | undefined;
}

/** What a request sends and how its answer is read. */
export interface RequestContent {
  readonly body?: unknown;
  /** Makes a repeat harmless, so that the request may be tried again. */
  readonly idempotencyKey?: string;
  /** Hands out the text as it is. @defaultValue JSON */
  readonly asText?: boolean;
}

/** The one place that knows how this API is called. */
export class HttpClient {
  readonly logger: Logger | undefined;
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.logger = options.logger;
  }

  /** Absolute URL of an API path, or the path itself where no base URL is set. */
  url(path: string): string {
    return (this.#options.baseUrl ?? '').replace(/\/+$/, '') + path;
  }

  /** Settings that streams share with requests. */
  get streamOptions(): {
    fetch: typeof globalThis.fetch;
    credentials?: RequestCredentials;
    headers?: () => Promise<Record<string, string>>;
  } {
    const { credentials, getToken } = this.#options;
    // Looked up at each call, and called as a plain function: browsers refuse `fetch` with another `this`.
    const fetch: typeof globalThis.fetch = (...args) => (this.#options.fetch ?? globalThis.fetch)(...args);
    return { fetch, ...(credentials && { credentials }), ...(getToken && { headers: () => this.authorization() }) };
  }

  /** @throws {InvalidInputError} no header can carry the token; the platform's own error would show it */
  async authorization(): Promise<Record<string, string>> {
    const token = (await this.#options.getToken?.())?.trim();
    if (!token) return {};
    if (!/[^ -~]/.test(token)) return { authorization: `Bearer ${token}` };
    throw new InvalidInputError('getToken() gave a token with characters that no header can carry.', {
      code: 'InvalidInput',
    });
  }

  /**
   * What a successful answer holds; `null` when it is empty.
   *
   * @throws {AuraError} the class that fits the status; {@link ConnectionError} without an answer or after the time-out;
   * {@link ProtocolError} when the answer is not JSON; {@link InvalidInputError} when the request cannot be. An abort
   * rejects with the signal's own reason.
   */
  async request(
    method: string,
    path: string,
    options: CallOptions = {},
    content: RequestContent = {},
  ): Promise<unknown> {
    const { signal = new AbortController().signal } = options;
    const repeatable = method === 'GET' || content.idempotencyKey;
    const retries = options.retries ?? (repeatable ? 2 : 0);
    let refused = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(method, path, signal, options.timeoutMs, content);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AuraError)) throw error;
        this.logger?.warn(error.message);
        // The token may have run out: another one is asked for once.
        if (error.status === 401 && !refused && this.#options.getToken) refused = true;
        else if (!error.retryable || attempt > retries) throw error;
        else await abortableDelay(error.retryAfterMs ?? backoffDelay(attempt, DEFAULT_RETRY), signal);
      }
    }
  }

  async #once(
    method: string,
    path: string,
    signal: AbortSignal,
    timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS,
    { body, idempotencyKey, asText }: RequestContent,
  ): Promise<unknown> {
    const what = `${method} ${path}`;
    const { fetch, credentials } = this.streamOptions;
    const json = toJson(body);
    // One controller for both reasons to give up, so that no timer and no listener outlives the call.
    const attempt = new AbortController();
    const forget = onAbort(signal, (reason) => attempt.abort(reason));
    const failed = (code: string, why: string, cause?: unknown): ConnectionError =>
      new ConnectionError(
        `${what} failed: ${why}. Check baseUrl ("${this.url('')}") and that the API is running there and takes calls from here.`,
        { code, retryable: true, cause },
      );
    const timer = startTimer(() => attempt.abort(failed('ConnectionTimeout', 'no answer in time')), timeoutMs);
    const exchange = async (): Promise<string> => {
      const response = await fetch(this.url(path), {
        method,
        headers: {
          accept: asText ? 'text/plain' : 'application/json',
          ...(json && { 'content-type': 'application/json' }),
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
          ...(await this.authorization()),
        },
        signal: attempt.signal,
        // The back button would bring a page with the state of long ago (AC-59).
        cache: 'no-store',
        ...(json && { body: json }),
        ...(credentials && { credentials }),
      });
      if (!response.ok) throw await errorFromResponse(response, what);
      return response.text();
    };
    let text: string;
    try {
      // Neither `getToken` nor a `fetch` of the caller need listen to the signal.
      text = await abortable(exchange(), attempt.signal);
    } catch (cause) {
      if (cause instanceof AuraError || signal.aborted) throw cause;
      throw failed('ConnectionLost', cause instanceof Error ? cause.message : String(cause), cause);
    } finally {
      clearTimeout(timer);
      forget();
    }
    if (asText) return text;
    try {
      return text === '' ? null : JSON.parse(text);
    } catch (cause) {
      throw new ProtocolError(`${what} answered something that is not JSON.`, { code: 'InvalidJson', cause });
    }
  }
}

/** @throws {InvalidInputError} the value has no JSON form */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new InvalidInputError(`The request cannot be written as JSON: ${String(cause)}`, {
      code: 'InvalidInput',
      cause,
    });
  }
}
