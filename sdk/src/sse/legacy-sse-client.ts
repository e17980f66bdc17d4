/** The guide's older wrapper for any SSE URL: `connect`, `close`, `cancel`, `getState`, `isConnected`. */
import type { AuraError } from '../errors/aura-error.ts';
import { connectEventStream } from './event-stream.ts';
import type { EventStream, StreamEvent } from './event-stream.ts';

export interface SSEClientOptions {
  url: string;
  /** Every event, named ones too. */
  onMessage: (event: StreamEvent) => void;
  onError?: (error: AuraError) => void;
  onOpen?: () => void;
  onClose?: () => void;
  /** @defaultValue 5 */
  maxRetries?: number;
  /** Wait before the first retry, in ms. @defaultValue 1000 */
  retryDelay?: number;
  /** Longest silence, in ms. @defaultValue 300000 */
  timeout?: number;
}

export type SSEConnectionState = 'CONNECTING' | 'CONNECTED' | 'DISCONNECTED' | 'ERROR' | 'CLOSED';

/** Kept for programs written against the guide; new code uses {@link connectEventStream}. */
export class SSEClient {
  readonly #options: SSEClientOptions;
  #state: SSEConnectionState = 'DISCONNECTED';
  #stream: EventStream | undefined;
  #cancelled = false;

  constructor(options: SSEClientOptions) {
    this.#options = options;
  }

  connect(): void {
    if (this.#cancelled || this.#stream) return;
    const { url, onMessage, onError, onOpen, maxRetries = 5, retryDelay = 1000, timeout = 300_000 } = this.#options;
    this.#stream = connectEventStream(url, {
      retry: { maxAttempts: maxRetries, initialDelayMs: retryDelay },
      silenceTimeoutMs: timeout,
      onEvent: onMessage,
      ...(onError && { onError }),
      onStateChange: ({ status }) => {
        if (status === 'open') {
          this.#state = 'CONNECTED';
          onOpen?.();
        } else if (status === 'closed' || status === 'failed') {
          this.#stream = undefined;
          this.#state = status === 'closed' ? 'CLOSED' : 'ERROR';
          this.#options.onClose?.();
        } else {
          this.#state = status === 'connecting' ? 'CONNECTING' : 'ERROR';
        }
      },
    });
  }

  /** Ends the connection; `connect` may open a new one. */
  close(): void {
    this.#stream?.close();
  }

  /** Ends the connection for good. */
  cancel(): void {
    this.#cancelled = true;
    this.close();
  }

  getState(): SSEConnectionState {
    return this.#state;
  }

  isConnected(): boolean {
    return this.#state === 'CONNECTED';
  }
}
