/** What one run writes to its job's log: kept, in order, while the disk takes nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import type { EventLog } from '../events/event-log.ts';
import { storageFault } from './storage-fault.ts';

/** How often a disk that took nothing is tried again, in ms. */
const RETRY_MS = 500;

/** A full or busy disk is no fault of the job, so its run waits instead of failing. */
export class JobWriter {
  readonly #log: EventLog;
  readonly #jobId: string;
  readonly #signal: AbortSignal;
  #held: JobEventDraft[] = [];
  /** Settles when what is held is written. */
  #written: Promise<void> | undefined;

  /** @param signal ends the waiting; what is held is lost then, and whoever waits gets the signal's reason */
  constructor(log: EventLog, jobId: string, signal: AbortSignal) {
    this.#log = log;
    this.#jobId = jobId;
    this.#signal = signal;
  }

  /** Resolves when the events are durable. @throws what is not the disk's trouble, such as a sealed log */
  async append(events: readonly JobEventDraft[]): Promise<void> {
    if (this.#written) return this.#hold(events);
    try {
      await this.#log.append(this.#jobId, events);
    } catch (error) {
      if (!storageFault(error)) throw error;
      return this.#hold(events);
    }
  }

  #hold(events: readonly JobEventDraft[]): Promise<void> {
    // Nobody has seen the last word, so the next one may stand for it: a disk may be full for hours.
    if (events[0]?.type === 'step-progress' && this.#held.at(-1)?.type === 'step-progress') this.#held.pop();
    this.#held.push(...events);
    return (this.#written ??= this.#writeHeld());
  }

  async #writeHeld(): Promise<void> {
    try {
      await this.#pause();
      // What comes while this is being written is held too, and follows it.
      while (this.#held.length > 0) {
        const events = this.#held;
        this.#held = [];
        try {
          await this.#log.append(this.#jobId, events);
        } catch (error) {
          if (!storageFault(error)) throw error;
          this.#held = [...events, ...this.#held];
          await this.#pause();
        }
      }
    } finally {
      this.#held = [];
      this.#written = undefined;
    }
  }

  async #pause(): Promise<void> {
    await delay(RETRY_MS, undefined, { signal: this.#signal }).catch(() => {});
    this.#signal.throwIfAborted();
  }
}
