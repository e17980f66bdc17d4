/** How old the news of a running job are, and a clock that paints each second while that shows. */
import { parseTimeSpan } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';

/** An estimate that was not renewed for this long is no longer shown. */
const STALE_MS = 15_000;

const SECOND_MS = 1000;

export interface ClockNeeds {
  /** Seconds are shown that pass in any case, such as those to the next attempt. */
  counting: boolean;
  /** The job runs, so its news may become stale. */
  running: boolean;
}

/** Times are those of this page: a server's clock may be wrong. */
export class NewsClock {
  readonly #paint: () => void;
  #newsAt = 0;
  #elapsedAt = 0;
  #stalled = false;
  #counting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(paint: () => void) {
    this.#paint = paint;
  }

  /** Another state of the job has come. That a job stalls is no news of its progress. */
  note(before: JobSnapshot | null, job: JobSnapshot): void {
    const now = Date.now();
    const stalled = job.stalledSeconds !== null;
    if (stalled !== this.#stalled) this.stop();
    this.#stalled = stalled;
    if (!before) this.#newsAt = 0;
    if (!this.#stalled) this.#newsAt = now;
    if (job.elapsedTime !== before?.elapsedTime) this.#elapsedAt = now;
  }

  /** Nothing has been heard of the job's progress for a while. */
  get stale(): boolean {
    return this.#stalled || Date.now() - this.#newsAt >= STALE_MS;
  }

  /** Seconds since the last news of the job's progress; `undefined` where there never was any. */
  get age(): number | undefined {
    return this.#newsAt ? (Date.now() - this.#newsAt) / SECOND_MS : undefined;
  }

  /** Seconds that the job has taken until now; `undefined` where a backend does not say. */
  elapsed({ elapsedTime, status }: JobSnapshot): number | undefined {
    const told = parseTimeSpan(elapsedTime);
    if (told === undefined || status !== 'Running') return told;
    return told + Math.max(0, Date.now() - this.#elapsedAt) / SECOND_MS;
  }

  /** Goes on or stands still. */
  run({ counting, running }: ClockNeeds): void {
    if (counting !== this.#counting || !(counting || running)) this.stop();
    this.#counting = counting;
    if (counting || running) this.#timer ??= setTimeout(this.#turn, this.#wait());
  }

  /** Asked for at each event while nobody looks, so it costs nothing where nothing runs. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): number {
    return this.#counting || this.stale ? SECOND_MS : this.#newsAt + STALE_MS - Date.now();
  }

  readonly #turn = (): void => {
    if (this.#counting || this.stale) this.#paint();
    this.#timer = setTimeout(this.#turn, this.#wait());
  };
}
