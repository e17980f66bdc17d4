/** Runs one job from the queue: stages, progress, and exactly one end. */
import { join } from 'node:path';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobError, JobSnapshot, StageName } from '@aura-jobs/sdk/protocol';
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/artifacts.ts';
import type { EventHub } from '../events/event-hub.ts';
import { LogSealedError } from '../events/event-log.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { StageProvider } from '../pipeline/stage.ts';
import { StageError } from '../pipeline/stage-error.ts';
import { ProgressReporter } from '../progress/progress-reporter.ts';
import { beginningEvents, endOfJob, pausedEvent, runningEvent } from './job-endings.ts';
import { JobStopped } from './job-queue.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { JobWriter } from './job-writer.ts';
import { isStorageTrouble } from './storage-fault.ts';
import type { Workspaces } from './workspaces.ts';

export interface JobRunnerOptions {
  readonly store: JobStore;
  readonly log: EventLog;
  readonly hub: EventHub;
  readonly artifacts: Artifacts;
  readonly workspaces: Workspaces;
  /** Silence of a job after which a warning is sent, in ms. */
  readonly stallAfterMs: number;
  /** Longest time for one stage, in ms. */
  readonly stageTimeoutMs: number;
  readonly logger: Logger;
  /** The pipeline that makes this job. */
  pipelineFor(record: JobRecord): Pipeline;
  /** Expected seconds by stage, for the first estimate. */
  expectedSeconds(record: JobRecord): Record<StageName, number>;
}

export class JobRunner {
  readonly #options: JobRunnerOptions;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /**
   * Runs a job to its end, from its last finished stage if it was begun before. Resolves when the end is logged, or
   * when the work was put down: for a pause, for a shutdown, or since another process has the job.
   */
  readonly run = async (jobId: string, stop: AbortSignal): Promise<void> => {
    const { store, hub, log, workspaces, logger } = this.#options;
    const record = await store.get(jobId);
    const before = await hub.snapshot(jobId);
    if (!record || isTerminal(before.status)) return;
    const abort = new AbortController();
    const signal = AbortSignal.any([stop, abort.signal]);
    const writer = new JobWriter(log, jobId, signal);
    if (await store.isCancelRequested(jobId)) abort.abort(new JobStopped('cancel'));
    else if (await store.isPauseRequested(jobId)) abort.abort(new JobStopped('pause'));
    try {
      signal.throwIfAborted();
      const { artifacts, durationSeconds } = await this.#make(record, before, writer, signal, (error) =>
        abort.abort(error),
      );
      signal.throwIfAborted();
      await workspaces.remove(jobId);
      await writer.append(endOfJob.completed(record, artifacts, durationSeconds));
    } catch (error) {
      const reason: unknown = signal.aborted ? signal.reason : error;
      if (reason instanceof JobStopped && (reason.why === 'shutdown' || reason.why === 'taken')) return;
      // Ended by somebody else; the log has noted what came too late (AC-26).
      if (reason instanceof LogSealedError) return workspaces.remove(jobId);
      // The queue hands the job out again.
      if (isStorageTrouble(reason)) throw reason;
      const paused = reason instanceof JobStopped && reason.why === 'pause';
      await (paused ? this.#rest(record) : this.#end(record, reason)).catch((fault: unknown) => {
        if (fault instanceof JobStopped) return;
        if (!(fault instanceof LogSealedError)) throw fault;
        return workspaces.remove(jobId);
      });
      logger.info({ jobId, correlationId: record.correlationId, reason: String(reason) }, 'job did not succeed');
    }
  };

  async #make(
    record: JobRecord,
    before: JobSnapshot,
    writer: JobWriter,
    signal: AbortSignal,
    onFailure: (error: unknown) => void,
  ) {
    const { artifacts, store, workspaces } = this.#options;
    const { correlationId } = record;
    const reporter = new ProgressReporter({
      job: before,
      correlationId,
      expectedSeconds: this.#options.expectedSeconds(record),
      stallAfterMs: this.#options.stallAfterMs,
      unthrottled: record.simulation !== null,
      append: (events) => writer.append(events),
      onFailure,
    });
    const workspace = workspaces.of(record.id);
    const started = new Set(before.steps.filter(({ status }) => status !== 'Pending').map(({ name }) => name));
    if (before.status === 'Running') {
      reporter.warn(before.stage, 'The work was interrupted. What is finished and still there is not done again.');
    } else if (before.status === 'Queued') {
      // A retry begins with the finished stages of the job it repeats.
      if (record.retryOf) await workspaces.copy(record.retryOf, record.id);
      await writer.append(beginningEvents(record, before));
      started.add('Script');
    } else {
      await writer.append([runningEvent(record, before)]);
    }
    // A disk that takes nothing makes the answer to a cancel poorer, and nothing else.
    const noteProvider = (stage: StageName, { name, canStop = true }: StageProvider): Promise<void> =>
      store.setProvider(record.id, { stage, name, canStop }).catch(() => {});
    try {
      const result = await this.#options.pipelineFor(record).run(record.spec, {
        workspace,
        signal,
        stageTimeoutMs: this.#options.stageTimeoutMs,
        observer: {
          stageStarted: async (name, { provider }) => {
            if (provider) await noteProvider(name, provider);
            // A stage that was announced, perhaps before a restart, is not announced again (AC-14).
            await reporter.stageStarted(name, { announce: !started.has(name) });
          },
          handedTo: noteProvider,
          report: (name, progress) => reporter.report(name, progress),
          warn: (name, message) => reporter.warn(name, message),
        },
      });
      const files = result.artifacts.map(({ name, file, type }) => ({ name, file: join(workspace, file), type }));
      return { artifacts: await artifacts.publish(record, files, signal), durationSeconds: result.durationSeconds };
    } finally {
      reporter.close();
    }
  }

  /** Finished stages stay for the time when the job goes on, and no reader is told to leave. */
  async #rest(record: JobRecord): Promise<void> {
    const { store, hub, log } = this.#options;
    const now = await hub.snapshot(record.id);
    if (now.status !== 'Paused') await log.append(record.id, [pausedEvent(record, now)]);
    // A cancel that came while the work was being put down found it running and left the end to this run.
    if (await store.isCancelRequested(record.id)) await this.#end(record, new JobStopped('cancel'));
  }

  /** Cleans up first and tells then, so that what the event says is already true (AC-23). */
  async #end(record: JobRecord, reason: unknown): Promise<void> {
    const { artifacts, hub, log, workspaces, logger } = this.#options;
    await artifacts.discard(record);
    const canceled = reason instanceof JobStopped;
    // The workspace of a failed job stays: its finished stages serve the retry.
    if (canceled) await workspaces.remove(record.id);
    else if (!(reason instanceof StageError))
      logger.error({ jobId: record.id, err: reason }, 'job failed unexpectedly');
    const now = await hub.snapshot(record.id);
    const events = canceled ? endOfJob.canceled(record, now) : endOfJob.failed(record, now, toJobError(reason));
    await log.append(record.id, events);
  }
}

function toJobError(reason: unknown): JobError {
  if (reason instanceof StageError) {
    const { code, message, remediation, details } = reason;
    return { code, message, remediation, ...(details !== undefined && { details }) };
  }
  return {
    code: 'UnknownError',
    message: 'Something went wrong that this server has no name for.',
    remediation: 'Retry the job. If it fails again, tell the operator the correlation id.',
    details: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
  };
}
