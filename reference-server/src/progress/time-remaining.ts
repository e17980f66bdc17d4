/** Estimates how long a job still takes. */
import { STAGES, stageIndex } from '@aura-jobs/sdk/protocol';
import type { StageName } from '@aura-jobs/sdk/protocol';

/** Weight of a new observation; small enough that one slow scene does not make the estimate jump. */
const SMOOTHING = 0.25;
/** A stage that took so many times as long as expected waited for somebody else: that says little of the stages to come. */
const MAX_PACE = 10;

/**
 * Starts from the seconds that each stage is expected to take, and corrects them by the pace that is observed. The
 * ranges of the job percentage say nothing about time, so they are not used.
 */
export class TimeRemaining {
  readonly #expected: Record<StageName, number>;
  readonly #now: () => number;
  #stageStartedAt: number;
  #pace = 1;
  #done = 0;

  /** @param expected seconds by stage @param now clock in ms */
  constructor(expected: Record<StageName, number>, now: () => number = () => performance.now()) {
    this.#expected = expected;
    this.#now = now;
    this.#stageStartedAt = now();
  }

  stageStarted(): void {
    this.#stageStartedAt = this.#now();
    this.#done = 0;
  }

  /** Seconds until the job ends, never negative. @param done share of the stage that is done, 0–1 */
  seconds(stage: StageName, done: number): number {
    const expected = this.#expected[stage];
    // Begun, or begun anew after an attempt that came to nothing: what went before says nothing of the pace.
    if (done === 0 && this.#done > 0) this.#stageStartedAt = this.#now();
    this.#done = done;
    const elapsed = (this.#now() - this.#stageStartedAt) / 1000;
    // Below a tenth the share is too coarse to tell a pace from it.
    if (done > 0.1 && expected > 0) {
      const observed = Math.max(1 / MAX_PACE, Math.min(MAX_PACE, elapsed / done / expected));
      this.#pace += SMOOTHING * (observed - this.#pace);
    }
    const later = STAGES.slice(stageIndex(stage) + 1).reduce((sum, { name }) => sum + this.#expected[name], 0);
    const here = Math.max(expected * this.#pace * (1 - done), done > 0 ? 0 : expected * this.#pace - elapsed);
    return Math.max(0, here + later * this.#pace);
  }
}
