/** Slots that all processes share. What a process holds is given back when it has died. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Slot, Slots } from '../../limits/slots.ts';
import { answered } from './connection.ts';
import { keys } from './keys.ts';
import { HOLD_SLOTS, loadScript, PULSE, TAKE_SLOT } from './scripts.ts';
import type { Script } from './scripts.ts';

const PULSE_MS = 5000;
/** A process counts as dead after this silence, in seconds. */
const DEAD_AFTER_SECONDS = 20;

export class RedisSlots implements Slots {
  readonly #take: Script;
  readonly #hold: Script;
  readonly #pulse: Script;
  readonly #process = randomUUID();
  readonly #held = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  private constructor(redis: Redis, onTrouble: (error: unknown) => void) {
    this.#take = loadScript(redis, 'TakeSlot', TAKE_SLOT);
    this.#hold = loadScript(redis, 'HoldSlots', HOLD_SLOTS);
    this.#pulse = loadScript(redis, 'Pulse', PULSE);
    this.#timer = setInterval(() => void this.#beat().catch(onTrouble), PULSE_MS).unref();
  }

  static async open(redis: Redis, onTrouble: (error: unknown) => void): Promise<RedisSlots> {
    const slots = new RedisSlots(redis, onTrouble);
    await slots.#beat();
    return slots;
  }

  async take(name: string, limit: number): Promise<Slot | undefined> {
    const others = Number(
      await answered(
        this.#take(
          [keys.slots(name), keys.processes],
          [this.#process, Math.min(limit, Number.MAX_SAFE_INTEGER), this.#count(name, 1)],
        ),
      ).catch((error: unknown) => {
        this.#give(name);
        throw error;
      }),
    );
    if (others < 0) {
      this.#count(name, -1);
      return undefined;
    }
    return { others, release: () => this.#give(name) };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #give(name: string): void {
    // Should it not come through, the next one for this name says it too.
    this.#hold([keys.slots(name)], [this.#process, this.#count(name, -1)]).catch(() => {});
  }

  #count(name: string, change: 1 | -1): number {
    const count = (this.#held.get(name) ?? 0) + change;
    if (count > 0) this.#held.set(name, count);
    else this.#held.delete(name);
    return count;
  }

  async #beat(): Promise<void> {
    const inTime = await answered(this.#pulse([keys.processes], [this.#process, DEAD_AFTER_SECONDS]));
    if (inTime === 1) return;
    // The others have written this process off.
    for (const [name, count] of this.#held) await answered(this.#hold([keys.slots(name)], [this.#process, count]));
  }
}
