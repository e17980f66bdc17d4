/** Who waits for news of a job, and in which order they hear of it. */

/** Woken at every piece of news, in the turn in which it came: half from either end of the line. */
const FRONT = 100;
/** Of the others, woken in one turn of the event loop. */
const AT_ONCE = 25;

/**
 * A write costs the kernel some microseconds, whether anybody reads it or not; a thousand of them are several
 * milliseconds for whoever comes last. Until its socket is full, nobody can tell a reader that stalls from one that reads.
 * So a line has no bad end: those who came first and those who came last hear of news at once, the others in their turn,
 * whoever waits longest first. Nothing else in the process waits for all of them.
 */
export class Audience {
  readonly #listeners = new Set<() => void>();
  /** Those who have not heard yet, and since when there is something to hear (`performance.now()`); the longest first. */
  readonly #behind = new Map<() => void, number>();
  readonly #onServed: ((seconds: number) => void) | undefined;
  /** Since when there is something that nobody has heard. */
  #newsAt: number | undefined;
  #scheduled = false;

  /** @param onServed told how long the last of them waited for one piece of news */
  constructor(onServed?: (seconds: number) => void) {
    this.#onServed = onServed;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** @param wake called after news, once for all that came meanwhile @returns a function that ends it */
  join(wake: () => void): () => void {
    this.#listeners.add(wake);
    return () => {
      this.#listeners.delete(wake);
      this.#behind.delete(wake);
    };
  }

  /** There is something to hear: told in the next turn of the event loop, whatever else comes in this one. */
  tell(): void {
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
      this.#wakeBehind();
    });
  }

  #wakeFront(): void {
    const since = this.#newsAt;
    if (since === undefined) return;
    this.#newsAt = undefined;
    const line = [...this.#listeners];
    const front: (() => void)[] = [];
    while (front.length < FRONT && front.length < line.length) {
      const place = front.length >> 1;
      front.push(line.at(front.length % 2 === 0 ? place : -1 - place)!);
    }
    const waits = line.slice(FRONT / 2, -FRONT / 2);
    for (const wake of waits) if (!this.#behind.has(wake)) this.#behind.set(wake, since);
    // What one of them does may make another leave.
    for (const wake of front) if (this.#listeners.has(wake)) wake();
    if (waits.length === 0) this.#served(since);
  }

  #wakeBehind(): void {
    let before: number | undefined;
    let woken = 0;
    for (const [wake, since] of this.#behind) {
      if (before !== undefined && since > before) this.#served(before);
      before = since;
      if (woken++ === AT_ONCE) return this.#schedule();
      this.#behind.delete(wake);
      wake();
    }
    if (before !== undefined) this.#served(before);
  }

  #served(since: number): void {
    this.#onServed?.((performance.now() - since) / 1000);
  }
}
