/** A connection that was given up: remembered until there is news, and tried again at good moments. */
import { isAuraError } from '@aura-jobs/sdk';

/** How long a visible element waits before it tries again by itself. */
const RETRY_MS = 30_000;

/** One element's view of the trouble. Nothing runs and nothing listens unless {@link watch} is told to. */
export class Outage {
  /** Why the connection was given up; stays during further attempts, until {@link end}. */
  reason: Error | undefined;
  readonly #reconnect: () => void;
  #told: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #listening = false;

  constructor(reconnect: () => void) {
    this.#reconnect = reconnect;
  }

  /** @returns whether people have not been told of this trouble yet */
  begin(reason: Error): boolean {
    const code = isAuraError(reason) ? reason.code : reason.name;
    const fresh = code !== this.#told;
    this.reason = reason;
    this.#told = code;
    return fresh;
  }

  /** Somebody asked for another attempt, and wants to hear how it went. */
  retell(): void {
    this.#told = undefined;
  }

  /** There is news of the job, or an open connection. */
  end(): void {
    this.reason = this.#told = undefined;
  }

  /** Tries again when the network or the page comes back, and now and then while somebody is looking. */
  watch({ failed, visible }: { failed: boolean; visible: boolean }): void {
    const waiting = failed && mends(this.reason);
    if (waiting !== this.#listening) {
      this.#listening = waiting;
      const change = waiting ? 'addEventListener' : 'removeEventListener';
      window[change]('online', this.#reconnect);
      document[change]('visibilitychange', this.#pageTurned);
    }
    if (!waiting || !visible) {
      if (this.#timer !== undefined) clearInterval(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setInterval(this.#reconnect, RETRY_MS);
  }

  readonly #pageTurned = (): void => {
    if (!document.hidden) this.#reconnect();
  };
}

/** Whether time alone may mend it. A server that ends a stream early leaves an error that is not `retryable`. */
function mends(reason: Error | undefined): boolean {
  return isAuraError(reason) && (reason.retryable || reason.code === 'ConnectionLost');
}
