/** Time that passes only when a test says so, for elements that wait for seconds. */

const { setTimeout: realTimeout } = globalThis;
const real = {
  now: Date.now,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
};

interface Timer {
  due: number;
  every?: number;
  call: () => void;
}

export class FakeClock {
  readonly #timers = new Map<number, Timer>();
  #now = real.now();
  #next = 1;

  constructor() {
    const clear = (id: number): void => void this.#timers.delete(id);
    Object.assign(globalThis, {
      setTimeout: (call: () => void, ms = 0) => this.#add({ due: this.#now + ms, call }),
      setInterval: (call: () => void, ms: number) => this.#add({ due: this.#now + ms, every: ms, call }),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Date.now = () => this.#now;
  }

  /** How many timers are waiting. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass, then waits until what came of it is painted. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, a], [, b]) => a.due - b.due)[0] ?? [];
      if (id === undefined || !timer || timer.due > end) break;
      this.#now = timer.due;
      if (timer.every === undefined) this.#timers.delete(id);
      else timer.due += timer.every;
      timer.call();
    }
    this.#now = end;
    await new Promise((resolve) => realTimeout(resolve, 0));
  }

  restore(): void {
    const { now, ...timers } = real;
    Object.assign(globalThis, timers);
    Date.now = now;
  }

  #add(timer: Timer): number {
    this.#timers.set(this.#next, timer);
    return this.#next++;
  }
}
