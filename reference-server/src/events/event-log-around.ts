/** An event log around another one: whoever adds something to it says only that. */
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { LogSealedError } from './event-log.ts';
import type { AppendOptions, EventLog, LoggedEvent } from './event-log.ts';

export abstract class EventLogAround implements EventLog {
  readonly #log: EventLog;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Called when events are durable. */
  protected abstract logged(jobId: string, events: readonly JobEventDraft[]): void;

  /** Called when events come after a job's end, and before whoever brought them is told (AC-26). */
  protected refused(_jobId: string, _events: readonly JobEventDraft[]): void {}

  async append(
    jobId: string,
    events: readonly JobEventDraft[],
    options?: AppendOptions,
  ): Promise<readonly LoggedEvent[]> {
    const logged = await this.#log.append(jobId, events, options).catch((error: unknown) => {
      if (error instanceof LogSealedError) this.refused(jobId, events);
      throw error;
    });
    if (logged.length > 0) this.logged(jobId, events);
    return logged;
  }

  read(
    jobId: string,
    options: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<LoggedEvent[]> {
    return this.#log.read(jobId, options);
  }

  has(jobId: string, id: string): Promise<boolean> {
    return this.#log.has(jobId, id);
  }

  newestId(): Promise<string> {
    return this.#log.newestId();
  }

  isSealed(jobId: string): Promise<boolean> {
    return this.#log.isSealed(jobId);
  }

  endedBefore(time: number, limit: number): Promise<string[]> {
    return this.#log.endedBefore(time, limit);
  }

  remove(jobId: string): Promise<void> {
    return this.#log.remove(jobId);
  }

  check(): Promise<void> {
    return this.#log.check();
  }

  follow(jobId: string, listener: (events: readonly LoggedEvent[]) => void): () => void {
    return this.#log.follow(jobId, listener);
  }

  caughtUp(): Promise<void> {
    return this.#log.caughtUp();
  }
}
