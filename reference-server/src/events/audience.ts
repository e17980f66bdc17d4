/** Who waits for news of a job, and in which order they hear of it. */

/** Woken at every piece of news, in the turn in which it came: half of them from either end of the line. */
const FRONT = 100;
/** Of a round, woken in one turn of the event loop. */
const AT_ONCE = 10;
/**
 * From the beginning of one round to that of the next: what comes meanwhile travels together. Less than what is between
 * two events of a job that tells twenty a second, so that these need not wait for their round.
 */
const ROUND_MS = 40;

/** @param upTo the newest id that all in the round shall hear, so that they are written the same; without it, everything */
export type Wake = (upTo?: string) => void;

/** All of them, one after another, for what nobody but the front has heard since then (`performance.now()`). */
interface Round {
  readonly since: number;
  readonly upTo: string | undefined;
  readonly left: Iterator<Wake>;
}

/**
 * A write costs the kernel some microseconds, whether anybody reads it or not; a thousand of them are several
 * milliseconds for whoever comes last. Until its socket is full, nobody can tell a reader that stalls from one that reads.
 * So a line has no bad end: those who came first and those who came last hear of news at once, the others in a round that
 * goes from both ends to the middle and leaves time for everything else. Nothing in the process waits for all of them.
 */
export class Audience {
  readonly #listeners = new Set<Wake>();
  readonly #onServed: ((seconds: number) => void) | undefined;
  /** Since when there is something that nobody has heard, and something that only the front has. */
  #newsAt: number | undefined;
  #frontNewsAt: number | undefined;
  #newest: string | undefined;
  #scheduled = false;
  #round: Round | undefined;
  #roundAt = -Infinity;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** @param onServed told how long the last of them waited for what was told together */
  constructor(onServed?: (seconds: number) => void) {
    this.#onServed = onServed;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /**
   * @param wake called after news, once for all that came meanwhile; it may also be called when there are none
   * @returns a function that ends it
   */
  join(wake: Wake): () => void {
    this.#listeners.add(wake);
    return () => void this.#listeners.delete(wake);
  }

  /** There is something to hear, up to an id: told in the next turn of the event loop, whatever else comes in this one. */
  tell(newest?: string): void {
    this.#newest = newest;
    if (this.#listeners.size === 0) return;
    this.#newsAt ??= performance.now();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#wakeFront();
      this.#wakeRound();
    });
  }

  #wakeFront(): void {
    const since = this.#newsAt;
    if (since === undefined) return;
    this.#newsAt = undefined;
    const othersWait = this.#listeners.size > FRONT;
    // What one of them does may make another leave.
    for (const wake of this.#line(FRONT)) if (this.#listeners.has(wake)) wake();
    if (!othersWait) return this.#served(since);
    this.#frontNewsAt ??= since;
    this.#beginRound();
  }

  /** Everybody is asked, the front as well: it may have been another one when the news came. */
  #beginRound(): void {
    if (this.#round || this.#pause || this.#frontNewsAt === undefined) return;
    const now = performance.now();
    const early = this.#roundAt + ROUND_MS - now;
    if (early > 0) {
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#beginRound();
      }, early);
      return;
    }
    this.#roundAt = now;
    this.#round = { since: this.#frontNewsAt, upTo: this.#newest, left: this.#line().values() };
    this.#frontNewsAt = undefined;
    this.#schedule();
  }

  #wakeRound(): void {
    if (!this.#round) return;
    const { left, since, upTo } = this.#round;
    for (let woken = 0; woken < AT_ONCE; woken++) {
      const { done, value: wake } = left.next();
      if (done) {
        this.#round = undefined;
        this.#served(since);
        return this.#beginRound();
      }
      if (this.#listeners.has(wake)) wake(upTo);
    }
    this.#schedule();
  }

  /** From both ends of the line to its middle, or as many of these. */
  #line(count = this.#listeners.size): Wake[] {
    const line = [...this.#listeners];
    return Array.from({ length: Math.min(count, line.length) }, (_, n) =>
      line.at(n % 2 === 0 ? n >> 1 : -1 - (n >> 1))!,
    );
  }

  #served(since: number): void {
    this.#onServed?.((performance.now() - since) / 1000);
  }
}
