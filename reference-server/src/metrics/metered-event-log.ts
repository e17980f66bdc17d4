/** An event log that counts, and notes what it refuses: everything that happens to jobs goes through it, whatever the engine. */
import type { JobEventDraft, StageName } from '@aura-jobs/sdk/protocol';
import type { Logger } from 'pino';
import { EventLogAround } from '../events/event-log-around.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ServerMetrics } from './server-metrics.ts';

export class MeteredEventLog extends EventLogAround {
  readonly #metrics: ServerMetrics;
  readonly #logger: Logger;
  /** The stage that each running job is in, and since when. */
  readonly #stages = new Map<string, { readonly name: StageName; readonly since: number }>();

  constructor(log: EventLog, metrics: ServerMetrics, logger: Logger) {
    super(log);
    this.#metrics = metrics;
    this.#logger = logger;
  }

  protected override logged(jobId: string, events: readonly JobEventDraft[]): void {
    for (const event of events) this.#count(jobId, event);
  }

  /** The one place that hears of it, whoever tried: a runner, a cancel, a pause, another process's worker (AC-26). */
  protected override refused(jobId: string, events: readonly JobEventDraft[]): void {
    this.#metrics.updateRefused();
    const { correlationId } = events[0]!.data as { readonly correlationId?: string };
    const types = events.map(({ type }) => type);
    this.#logger.warn({ jobId, correlationId, types }, 'the job has ended already; a later change was refused');
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
