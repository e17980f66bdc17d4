/** Kills a server again and again, at moments that a seed has chosen. */
import { setTimeout as delay } from 'node:timers/promises';
import type { TestServer } from '../../support/reference-server.ts';
import type { Dice } from './dice.ts';

interface Kill {
  /** Since the process was started, or since it was ready, in ms. */
  readonly afterMs: number;
  /** It is killed on its way up. */
  readonly duringStart: boolean;
}

/** One in five dies on its way up; the others live for up to two seconds. */
export function planOf(dice: Dice, kills: number): Kill[] {
  return Array.from({ length: kills }, () => {
    const duringStart = dice.chance(0.2);
    return { duringStart, afterMs: dice.below(duringStart ? 500 : 2000) };
  });
}

/**
 * Carries the plan out, and starts the server a last time.
 *
 * @returns when each process had died, in Unix ms
 */
export async function carryOut(plan: readonly Kill[], server: TestServer): Promise<number[]> {
  const deaths: number[] = [];
  let running = true;
  for (const { afterMs, duringStart } of plan) {
    let starting: Promise<void> | undefined;
    if (!running) {
      starting = server.restart();
      starting.catch(() => {});
      if (!duringStart) await starting;
    }
    await delay(afterMs);
    await server.kill();
    // Killed on its way up, or it was ready before: both are well.
    await starting?.catch(() => {});
    running = false;
    deaths.push(Date.now());
  }
  await server.restart();
  return deaths;
}
