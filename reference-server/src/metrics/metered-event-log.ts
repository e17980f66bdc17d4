/** An event log that counts: everything that happens to jobs goes through it, whatever the engine. */
import type { JobEventDraft, StageName } from '@aura-jobs/sdk/protocol';
import type { EventLog, LoggedEvent } from '../events/event-log.ts';
import type { ServerMetrics } from './server-metrics.ts';

export class MeteredEventLog implements EventLog {
  readonly #log: EventLog;
  readonly #metrics: ServerMetrics;
  /** The stage that each running job is in, and since when. */
  readonly #stages = new Map<string, { readonly name: StageName; readonly since: number }>();

  constructor(log: EventLog, metrics: ServerMetrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  async append(jobId: string, events: readonly JobEventDraft[]): Promise<readonly LoggedEvent[]> {
    const logged = await this.#log.append(jobId, events);
    for (const event of events) this.#count(jobId, event);
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

  #count(jobId: string, event: JobEventDraft): void {
    this.#metrics.eventLogged(event.type);
    switch (event.type) {
      case 'step-status':
        this.#finishStage(jobId);
        this.#stages.set(jobId, { name: event.data.step, since: performance.now() });
        break;
      case 'job-status':
        // A stage that rested in between tells nothing of how long stages take.
        if (event.data.status === 'Paused') this.#stages.delete(jobId);
        break;
      case 'job-completed':
        this.#finishStage(jobId);
        this.#metrics.jobEnded('Succeeded');
        break;
      case 'job-failed':
        this.#stages.delete(jobId);
        this.#metrics.jobEnded('Failed');
        for (const { code } of event.data.errors) this.#metrics.jobFailedWith(code);
        break;
      case 'job-cancelled':
        this.#stages.delete(jobId);
        this.#metrics.jobEnded('Canceled');
        break;
      default:
    }
  }

  #finishStage(jobId: string): void {
    const stage = this.#stages.get(jobId);
    if (stage) this.#metrics.stageFinished(stage.name, (performance.now() - stage.since) / 1000);
    this.#stages.delete(jobId);
  }
}
