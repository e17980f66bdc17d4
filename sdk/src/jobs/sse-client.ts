/** The guide's event-based client for one job, on the default client. */
import type { JobEvent } from '../protocol/job-events.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import { defaultClient } from './subscribe.ts';

/** Connection state in the guide's words. */
export interface SseConnectionState {
  readonly status: 'connecting' | 'connected' | 'disconnected' | 'error';
  /** Failed attempts in this outage. */
  readonly reconnectAttempt: number;
  readonly lastEventId: string | null;
}

/**
 * Listens to one job by event name.
 *
 * @example
 * const client = new SseClient(jobId);
 * client.on('step-progress', (event) => console.log(event.data));
 * client.connect();
 */
export class SseClient {
  readonly #jobId: string;
  readonly #handlers = new Map<string, Set<(event: JobEvent) => void>>();
  readonly #statusHandlers = new Set<(state: SseConnectionState) => void>();
  #state: SseConnectionState = { status: 'disconnected', reconnectAttempt: 0, lastEventId: null };
  #unsubscribe: (() => void) | undefined;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** Registers a handler for one event name. @returns a function that removes it */
  on(type: string, handler: (event: JobEvent) => void): () => void {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  /** Registers a handler for connection changes. @returns a function that removes it */
  onStatusChange(handler: (state: SseConnectionState) => void): () => void {
    this.#statusHandlers.add(handler);
    return () => void this.#statusHandlers.delete(handler);
  }

  /** Opens the connection; a second call while it is open does nothing. */
  connect(): void {
    if (this.#unsubscribe) return;
    this.#update({ status: 'connecting' });
    this.#unsubscribe = defaultClient().subscribe(this.#jobId, {
      onEvent: (event) => {
        if (event.id) this.#state = { ...this.#state, lastEventId: event.id };
        const name = event.type === 'unknown' ? event.name : event.type;
        for (const handler of this.#handlers.get(name) ?? []) handler(event);
      },
      onState: (state) => this.#follow(state),
    });
  }

  /** Closes the connection. Handlers stay registered for the next `connect`. */
  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#state.status !== 'disconnected') this.#update({ status: 'disconnected', reconnectAttempt: 0 });
  }

  getConnectionState(): SseConnectionState {
    return this.#state;
  }

  isConnected(): boolean {
    return this.#state.status === 'connected';
  }

  #follow(state: ConnectionState): void {
    switch (state.status) {
      case 'connecting':
        return this.#update({ status: 'connecting' });
      case 'open':
      case 'polling':
        return this.#update({ status: 'connected', reconnectAttempt: 0 });
      case 'offline':
        return this.#update({ status: 'disconnected' });
      case 'reconnecting':
        return this.#update({ status: 'error', reconnectAttempt: state.attempt });
      case 'failed':
        // `connect` may be called again.
        this.#unsubscribe?.();
        this.#unsubscribe = undefined;
        return this.#update({ status: 'error' });
      case 'closed':
        return this.close();
    }
  }

  #update(changes: Partial<SseConnectionState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const handler of this.#statusHandlers) handler(this.#state);
  }
}
