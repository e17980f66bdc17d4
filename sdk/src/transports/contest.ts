/** Several connections for one link: the first that is heard ends the others, and holds until another one is heard. */
import type { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { abortable, onAbort } from '../http/abort.ts';
import type { Link, Transport } from '../sse/transport.ts';
import { branchOf } from './branch.ts';
import { isFaultOfTheWay } from './fault-of-the-way.ts';

export class Contest {
  /** Which transport is heard. */
  heard: Transport | undefined;
  /** How its connection ended, or why none will ever be heard. */
  readonly result: Promise<boolean | void>;
  readonly #link: Link;
  readonly #best: Transport;
  readonly #onHeard: (transport: Transport) => void;
  readonly #runs = new Set<AbortController>();
  readonly #over = new AbortController();
  #resolve!: (final: boolean | void) => void;
  #reject!: (error: unknown) => void;
  /** How many can still become the first that is heard. */
  #left: number;
  /** Why the best one cannot. */
  #fault: AuraError | undefined;

  /** @param transports those that will be tried, unless one is heard before; best first */
  constructor(link: Link, transports: readonly [Transport, ...Transport[]], onHeard: (transport: Transport) => void) {
    this.#link = link;
    this.#left = transports.length;
    this.#best = transports[0];
    this.#onHeard = onHeard;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const forget = onAbort(link.signal, this.#reject);
    const end = (): void => {
      forget();
      this.#over.abort();
      for (const run of this.#runs) run.abort();
    };
    this.result.then(end, end);
  }

  /** Aborted when it is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /**
   * Opens one more connection. Resolves when it is heard or has ended, at the latest after `ms`.
   *
   * @returns a function that ends it
   */
  enter(transport: Transport, ms: number): Promise<() => void> {
    const run = new AbortController();
    const leave = (): void => run.abort();
    this.#runs.add(run);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, leave);
      const decide = (): void => {
        clearTimeout(timer);
        resolve(leave);
      };
      const branch = branchOf(this.#link, run.signal, () => {
        for (const other of this.#runs) if (other !== run) other.abort();
        this.heard = transport;
        this.#onHeard(transport);
        decide();
      });
      void this.#follow(transport, branch).then(() => {
        this.#runs.delete(run);
        // An answer that nobody reads must not stay open.
        leave();
        decide();
      });
    });
  }

  /** Never rejects. */
  async #follow(transport: Transport, branch: Link): Promise<void> {
    try {
      const final = await abortable(transport(branch), branch.signal);
      if (final || this.heard === transport) return this.#resolve(final);
      throw new ConnectionError('The connection ended before it brought anything.', {
        code: 'ConnectionLost',
        retryable: true,
      });
    } catch (error) {
      if (branch.signal.aborted) return;
      if (this.heard === transport) this.#reject(error);
      else if (!this.heard) this.#dropOut(transport, error);
    }
  }

  #dropOut(transport: Transport, error: unknown): void {
    if (!isFaultOfTheWay(error)) return this.#reject(error);
    if (transport === this.#best) this.#fault = error;
    if (--this.#left === 0) this.#reject(this.#fault);
  }
}
