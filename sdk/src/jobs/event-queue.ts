/** Turns callbacks into an async iterator. */

/**
 * Values wait here until they are read. Reading moves an index instead of shifting the array, so a long queue costs no
 * more per value than a short one.
 */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  #waiting: T[] = [];
  #head = 0;
  #ended = false;
  #error: unknown;
  #readers: { resolve: (result: IteratorResult<T>) => void; reject: (error: unknown) => void }[] = [];
  readonly #onReturn: () => void;

  /** @param onReturn runs once when the reader leaves the loop or the queue ends */
  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  push(value: T): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader) reader.resolve({ done: false, value });
    else this.#waiting.push(value);
  }

  /** Like `push`, but values that nobody has read yet are superseded. */
  replace(value: T): void {
    this.#waiting = [];
    this.#head = 0;
    this.push(value);
  }

  /** No more values. What waits is still read; then the loop ends, or throws `error`. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#onReturn();
    for (const reader of this.#readers.splice(0)) this.#settle(reader);
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#head < this.#waiting.length) {
      const value = this.#waiting[this.#head] as T;
      this.#waiting[this.#head++] = undefined as T;
      if (this.#head === this.#waiting.length) {
        this.#waiting = [];
        this.#head = 0;
      }
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      if (this.#ended) this.#settle({ resolve, reject });
      else this.#readers.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.#waiting = [];
    this.#head = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The error is thrown once; afterwards the iterator is just done. */
  #settle({
    resolve,
    reject,
  }: {
    resolve: (result: IteratorResult<T>) => void;
    reject: (error: unknown) => void;
  }): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) resolve({ done: true, value: undefined });
    else reject(error);
  }
}
