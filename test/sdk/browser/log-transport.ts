/** A server without a network: a log that grows, and a transport that reads it as a server would serve it. */
import { abortable } from '../../../sdk/src/http/abort.ts';
import type { Link, Transport } from '@aura-jobs/sdk';

/** An event log, and how its connections behave. */
export class Log {
  readonly ids: string[] = [];
  /** Connections that are open now, and how many there were at most and in all. */
  open = 0;
  most = 0;
  connections = 0;
  readonly #idAt: (index: number) => string;
  readonly #wake = new Set<() => void>();
  readonly #cuts = new Set<(error: Error | undefined) => void>();
  #ended = false;

  /** @param idAt the ids' form */
  constructor(idAt = (index: number): string => `1700000000000-${index}`) {
    this.#idAt = idAt;
  }

  /** Logs events. */
  append(count = 1): void {
    for (let left = count; left > 0; left--) this.ids.push(this.#idAt(this.ids.length));
    for (const wake of this.#wake) wake();
  }

  /** No more events: connections end when they have told everything, and for good. */
  end(): void {
    this.#ended = true;
    for (const wake of this.#wake) wake();
  }

  /** Ends all connections: in order, as at a server's rotation, or with an error. */
  cut(error?: Error): void {
    for (const cut of [...this.#cuts]) cut(error);
  }

  /** Reads on after the cursor; without one it begins with a greeting: two events that tell the state, not all before. */
  readonly transport: Transport = async (link) => {
    this.connections++;
    this.most = Math.max(this.most, ++this.open);
    try {
      return await abortable(this.#serve(link), link.signal);
    } finally {
      this.open--;
    }
  };

  async #serve(link: Link): Promise<boolean> {
    await link.headers();
    await turn();
    let next = link.lastEventId ? this.ids.indexOf(link.lastEventId) + 1 : this.ids.length - 1;
    if (next === this.ids.length && this.#ended) return true;
    link.onOpen();
    if (!link.lastEventId) this.#tell(link, this.ids.at(-4)!);
    for (;;) {
      link.signal.throwIfAborted();
      link.onAlive();
      // As much as one read brings.
      for (const id of this.ids.slice(next, next + 3)) {
        next++;
        this.#tell(link, id);
      }
      link.signal.throwIfAborted();
      if (next < this.ids.length) await turn();
      else if (this.#ended) return true;
      else if (await this.#more(link.signal)) return false;
    }
  }

  #tell(link: Link, id: string): void {
    link.onId(id);
    link.onEvent('message', id, id);
  }

  /** Waits for the next event. @returns whether the connection is at its end */
  #more(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => (): void => {
        this.#wake.delete(wake);
        this.#cuts.delete(cut);
        act();
      };
      const wake = settle(() => resolve(false));
      const cut = (error: Error | undefined): void => settle(() => (error ? reject(error) : resolve(true)))();
      signal.addEventListener('abort', wake, { once: true });
      this.#wake.add(wake);
      this.#cuts.add(cut);
    });
  }
}

/** The next turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
