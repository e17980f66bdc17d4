/** Slots of the embedded engine. */
import type { Slot, Slots } from '../../limits/slots.ts';

export class InProcessSlots implements Slots {
  readonly #held = new Map<string, number>();

  async take(name: string, limit: number): Promise<Slot | undefined> {
    const others = this.#held.get(name) ?? 0;
    if (others >= limit) return undefined;
    this.#held.set(name, others + 1);
    return { others, release: () => this.#release(name) };
  }

  #release(name: string): void {
    const left = this.#held.get(name)! - 1;
    if (left > 0) this.#held.set(name, left);
    else this.#held.delete(name);
  }
}
