/** Turns callbacks into an async iterator. */

interface Reader<T> {
  resolve(result: IteratorResult<T>): void;
  reject(error: unknown): void;
}

/**
 * Values wait here until they are read. Reading moves an index instead of shifting the array, so a long queue costs no
 * more per value than a short one.
 */
export class EventQueue<Waiting, T> implements AsyncIterableIterator<T> {
  #waiting: Waiting[] = [];
  #next = 0;
  #ended = false;
  #error: unknown;
  readonly #readers: Reader<T>[] = [];
  readonly #open: (waiting: Waiting) => T | undefined;
  readonly #onEnd: () => void;

  /**
   * @param open makes the value that is read of one that waits, just then, so that a long queue holds little; one that it
   * gives nothing for is left out
   * @param onEnd runs once when the reader leaves the loop or the queue ends
   */
  constructor(open: (waiting: Waiting) => T | undefined, onEnd: () => void) {
    this.#open = open;
    this.#onEnd = onEnd;
  }

  push(waiting: Waiting): void {
    if (this.#ended) return;
    if (!this.#readers.length) return void this.#waiting.push(waiting);
    const value = this.#open(waiting);
    if (value !== undefined) this.#readers.shift()!.resolve({ done: false, value });
  }

  /** No more values. What waits is still read; then the loop ends, or throws `error` once. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#onEnd();
    for (const reader of this.#readers.splice(0)) this.#settle(reader);
  }

  next(): Promise<IteratorResult<T>> {
    while (this.#next < this.#waiting.length) {
      const value = this.#open(this.#waiting[this.#next++]!);
      if (this.#next === this.#waiting.length) this.#forget();
      if (value !== undefined) return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject };
      if (this.#ended) this.#settle(reader);
      else this.#readers.push(reader);
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.#forget();
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #forget(): void {
    this.#waiting = [];
    this.#next = 0;
  }

  #settle(reader: Reader<T>): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) reader.resolve({ done: true, value: undefined });
    else reader.reject(error);
  }
}
