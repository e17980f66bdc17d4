/** Turns what stages report into the job's events: percent of the job, never falling, with an estimate, at a bounded rate. */
import { formatTimeSpan, stageOf, toJobPercent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft, JobSnapshot, StageName } from '@aura-jobs/sdk/protocol';
import type { StageProgress } from '../pipeline/stage.ts';
import { progressInText } from './progress-in-text.ts';
import { TimeRemaining } from './time-remaining.ts';

/** Least time between two progress events of a job, in ms: four a second, spread evenly so that short stages show too. */
const SPACING_MS = 250;

export interface ProgressReporterOptions {
  /** The job's state at the start of the run; a resumed job goes on from its percentage. */
  readonly job: JobSnapshot;
  readonly correlationId: string;
  /** Expected seconds by stage. */
  readonly expectedSeconds: Record<StageName, number>;
  /** A warning is sent when nothing was reported for this long, in ms (AC-46). */
  readonly stallAfterMs: number;
  /** Every report becomes an event. @defaultValue false */
  readonly unthrottled?: boolean;
  append(events: readonly JobEventDraft[]): Promise<unknown>;
  /** An event could not be logged: the job cannot go on. */
  onFailure(error: unknown): void;
}

/** One run of one job. */
export class ProgressReporter {
  readonly #options: ProgressReporterOptions;
  readonly #remaining: TimeRemaining;
  readonly #startedAt: number;
  #percent: number;
  /** Share of the stage that was done when somebody last said. */
  #share = 0;
  /** What was reported last. */
  #told = '';
  #lastSentAt = -Infinity;
  #waiting: JobEventDraft | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stallTimer: NodeJS.Timeout | undefined;

  constructor(options: ProgressReporterOptions) {
    this.#options = options;
    this.#remaining = new TimeRemaining(options.expectedSeconds);
    this.#startedAt = options.job.startedAt ? Date.parse(options.job.startedAt) : Date.now();
    this.#percent = options.job.percent;
  }

  /** A stage begins. Resolves when that is logged. @param options.announce false when it was, before a restart */
  async stageStarted(name: StageName, { announce }: { announce: boolean }): Promise<void> {
    // The last word of the stage before goes out if the rate allows it; else the new stage supersedes it.
    if (this.#msUntilNext() <= 0) void this.#send();
    this.#dropWaiting();
    this.#watchForStall(name);
    this.#remaining.stageStarted();
    this.#share = 0;
    this.#told = '';
    const { phase, from } = stageOf(name);
    this.#percent = Math.max(this.#percent, from);
    if (!announce) return;
    const { correlationId } = this.#options;
    await this.#append({ type: 'step-status', data: { step: name, status: 'started', phase, correlationId } });
  }

  /** Where a stage stands. Resolves when the event is logged, or at once when it is superseded by a later one. */
  report(name: StageName, progress: StageProgress): Promise<void> {
    const event = this.#toEvent(name, progress);
    // An encoder that hangs says the same again and again: that is no progress, and no news (AC-46).
    const told = JSON.stringify([name, this.#share, progress]);
    if (told === this.#told) return Promise.resolve();
    this.#told = told;
    this.#watchForStall(name);
    if (this.#options.unthrottled) return this.#append(event);
    this.#waiting = event;
    const wait = this.#msUntilNext();
    if (wait <= 0) return this.#send();
    this.#timer ??= setTimeout(() => void this.#send(), wait);
    return Promise.resolve();
  }

  warn(step: StageName, message: string): void {
    const { correlationId } = this.#options;
    void this.#append({ type: 'warning', data: { message, step, correlationId } });
  }

  /** The job ends, and its last word is another event. */
  close(): void {
    clearTimeout(this.#stallTimer);
    this.#dropWaiting();
  }

  #toEvent(name: StageName, progress: StageProgress): JobEventDraft {
    const { message, detail, extra } = progress;
    const told = { ...toldBy(progress), ...progress };
    const { item = 1, of = Math.max(1, item) } = told;
    const share = Math.max(0, Math.min(1, told.done ?? this.#share));
    this.#share = share;
    const { phase, to } = stageOf(name);
    // The border belongs to the next stage, and 100 to success alone (AC-15, C-22).
    const reached = Math.min(Math.floor(toJobPercent(name, share * 100)), to - 1);
    this.#percent = Math.max(this.#percent, reached);
    return {
      type: 'step-progress',
      data: {
        step: name,
        phase,
        progressPct: this.#percent,
        percent: this.#percent,
        stepPct: Math.round(share * 100),
        message,
        substageDetail: detail ?? `${item} of ${of}`,
        currentItem: item,
        totalItems: of,
        elapsedTime: formatTimeSpan((Date.now() - this.#startedAt) / 1000),
        estimatedTimeRemaining: formatTimeSpan(this.#remaining.seconds(name, share)),
        correlationId: this.#options.correlationId,
        ...extra,
      },
    };
  }

  /** Ms until the limit allows another event; 0 or less when it does now. */
  #msUntilNext(): number {
    return this.#lastSentAt + SPACING_MS - performance.now();
  }

  /** Sends what waits, whatever the clock says: timers may be early by a fraction of a millisecond. */
  #send(): Promise<void> {
    const event = this.#waiting;
    this.#dropWaiting();
    if (!event) return Promise.resolve();
    this.#lastSentAt = performance.now();
    return this.#append(event);
  }

  #dropWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
  }

  /** One warning for each silence; it fails nothing by itself. */
  #watchForStall(step: StageName): void {
    const { stallAfterMs, correlationId } = this.#options;
    clearTimeout(this.#stallTimer);
    this.#stallTimer = setTimeout(() => {
      const stallDurationSeconds = Math.round(stallAfterMs / 1000);
      const message = `Nothing has moved for ${stallDurationSeconds} s. The job goes on; cancel it if it does not recover.`;
      void this.#append({ type: 'warning', data: { message, step, stallDurationSeconds, correlationId } });
    }, stallAfterMs);
  }

  async #append(event: JobEventDraft): Promise<void> {
    try {
      await this.#options.append([event]);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }
}

/** What its items say, or else its words. */
function toldBy({ item, of, message, detail }: StageProgress): { done?: number; item?: number; of?: number } {
  if (item !== undefined && of !== undefined) return { done: (item - 1) / of };
  return progressInText(message) ?? progressInText(detail ?? '') ?? {};
}
