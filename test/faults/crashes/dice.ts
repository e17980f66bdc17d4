/** Chance that can be played again: the same seed gives the same choices. */

export class Dice {
  readonly #seed: number;
  #state: number;

  /** @param seed a whole number */
  constructor(seed: number) {
    this.#seed = seed | 0;
    this.#state = seed | 0;
  }

  /** A number in `[0, 1)` (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Dice of their own for somebody who throws at their own pace, so that nobody's choices depend on the others'. */
  fork(name: number): Dice {
    return new Dice(Math.imul(this.#seed ^ Math.imul(name + 1, 0x9e3779b1), 0x85ebca6b));
  }
}
