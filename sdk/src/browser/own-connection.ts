/** The connection that a tab holds itself. It can be closed while the tab's link goes on. */
import { onAbort } from '../http/abort.ts';
import type { Link, Transport } from '../sse/transport.ts';
import { RecentFrames } from './recent-frames.ts';
import type { Frame, OpenStatus } from './tab-message.ts';

/** Who wants to hear of it. Nothing is told after `close`. */
export interface ConnectionListener {
  onOpen(status: OpenStatus): void;
  onAlive(): void;
  /** Called before the link is told, since whoever hears of the event may end everything. */
  onFrame(frame: Frame): void;
  onEnd(ending: OwnEnding): void;
}

/** How it ended. */
export interface OwnEnding {
  /** Nothing more will ever come. */
  readonly over: boolean;
  readonly failed: boolean;
  /** What it failed with. */
  readonly error: unknown;
  readonly retryMs: number | undefined;
}

export class OwnConnection {
  /** What it has brought lately. */
  readonly recent: RecentFrames;
  /** Missing until it stands. */
  status: OpenStatus | undefined;
  readonly #abort = new AbortController();
  readonly #forget: () => void;

  /** Begins where the link stands, and moves it on. */
  constructor(transport: Transport, link: Link, listener: ConnectionListener) {
    this.recent = new RecentFrames(link.lastEventId);
    this.#forget = onAbort(link.signal, (reason) => this.#abort.abort(reason));
    let retryMs: number | undefined;
    const end = (ending: Partial<OwnEnding>): void => {
      if (!this.closed) listener.onEnd({ over: false, failed: false, error: undefined, retryMs, ...ending });
    };
    const within = this.#linkFor(link, listener, (ms) => (retryMs = ms));
    // A transport may also fail before it has promised anything.
    void Promise.resolve(within)
      .then(transport)
      .then(
        (over) => end({ over: over === true }),
        (error: unknown) => end({ failed: true, error }),
      );
  }

  get closed(): boolean {
    return this.#abort.signal.aborted;
  }

  close(): void {
    this.#forget();
    this.#abort.abort();
  }

  #linkFor(link: Link, listener: ConnectionListener, onRetry: (ms: number) => void): Link {
    const { signal } = this.#abort;
    const whileOpen =
      <A extends unknown[]>(tell: (...args: A) => void) =>
      (...args: A): void => {
        if (!signal.aborted) tell(...args);
      };
    return {
      url: link.url,
      maxEventLength: link.maxEventLength,
      signal,
      get lastEventId() {
        return link.lastEventId;
      },
      headers: () => link.headers(),
      get: (accept, url, ends = signal) => link.get(accept, url, ends),
      onOpen: whileOpen((status = 'open') => listener.onOpen((this.status = status))),
      onAlive: whileOpen(() => listener.onAlive()),
      onId: whileOpen((id) => link.onId(id)),
      onEvent: whileOpen((type, data, id) => {
        const frame = { id, type, data };
        this.recent.push(frame);
        listener.onFrame(frame);
        link.onEvent(type, data, id);
      }),
      onRetry: whileOpen((ms) => {
        onRetry(ms);
        link.onRetry(ms);
      }),
    };
  }
}
