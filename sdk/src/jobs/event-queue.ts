/** Turns callbacks into an async iterator. */

interface Reader<T> {
  resolve(result: IteratorResult<T>): void;
  reject(error: unknown): void;
}

/**
 * Values wait here until they are read. Reading moves an index instead of shifting the array, so a long queue costs no
 * more per value than a short one.
 */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  #waiting: T[] = [];
  #next = 0;
  #ended = false;
  #error: unknown;
  readonly #readers: Reader<T>[] = [];
  readonly #onEnd: () => void;

  /** @param onEnd runs once when the reader leaves the loop or the queue ends */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  push(value: T): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader) reader.resolve({ done: false, value });
    else this.#waiting.push(value);
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
    if (this.#next < this.#waiting.length) {
      const value = this.#waiting[this.#next++] as T;
      if (this.#next === this.#waiting.length) this.#forget();
      return Promise.resolve({ done: false, value });
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
