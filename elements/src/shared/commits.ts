/** Brings what is known of a job to the screen and to the page: at the clock's pace, or at once. */
import { isTerminal } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import type { LitElement } from 'lit';
import { commitSoon, forgetCommit } from './commit-clock.ts';
import { AuraProgressEvent } from './events.ts';

/** More moving elements than this, and their bars step instead of glide. */
const GLIDE_LIMIT = 8;

/** One element's turns to paint. */
export class Commits {
  /** Few elements move, so their bars may glide. */
  gliding = true;
  /** Somebody can see the element. Nothing is painted otherwise, but events are fired all the same. */
  visible = true;
  readonly #host: LitElement;
  readonly #newest: () => JobSnapshot | null;
  #told: JobSnapshot | null = null;

  constructor(host: LitElement, newest: () => JobSnapshot | null) {
    this.#host = host;
    this.#newest = newest;
  }

  /** With the page's next tick. */
  soon(): void {
    commitSoon(this.#tick);
  }

  now(): void {
    forgetCommit(this.#tick);
    this.#commit();
  }

  forget(): void {
    forgetCommit(this.#tick);
    this.#told = null;
  }

  paint(): void {
    if (this.visible) this.#host.requestUpdate();
  }

  readonly #tick = (crowd: number): void => {
    this.gliding = crowd <= GLIDE_LIMIT;
    this.#commit();
  };

  #commit(): void {
    const job = this.#newest();
    if (job && job !== this.#told && !isTerminal(job.status)) {
      const { jobId, status, stage, percent, message } = job;
      this.#host.dispatchEvent(new AuraProgressEvent({ jobId, status, stage, percent, message }));
    }
    this.#told = job;
    this.paint();
  }
}
