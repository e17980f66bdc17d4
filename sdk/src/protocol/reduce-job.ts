/** Folds events into a snapshot. Pure, and the same function on both sides of the wire (docs/architecture.md, rule 2). */
import { compareEventIds, eventTime } from './event-id.ts';
import type { JobEvent, StepProgressData } from './job-events.ts';
import type { JobSnapshot, StepSnapshot, StepStatus } from './job-snapshot.ts';
import { canTransition, isTerminal } from './job-status.ts';
import type { JobStatus } from './job-status.ts';
import { stageIndex, stageOf, STAGES, toJobPercent, toStepPercent } from './stages.ts';
import type { StageName } from './stages.ts';

/** How many log lines a snapshot keeps. */
export const LOG_LIMIT = 200;

type Changes = { -readonly [K in keyof JobSnapshot]?: JobSnapshot[K] };

/**
 * The snapshot after an event. Returns the same object when the event changes nothing: it is older than the snapshot,
 * or the job has ended. Progress never falls, steps never go back, and 100 % comes only with success (C-24, AC-43).
 */
export function reduceJob(job: JobSnapshot, event: JobEvent): JobSnapshot {
  if (isTerminal(job.status)) return job;
  if (event.id && job.lastEventId && compareEventIds(event.id, job.lastEventId) <= 0) return job;
  const changes = changesBy(job, event);
  if (!changes) return job;
  if (event.id) changes.lastEventId = event.id;
  const { correlationId } = event.data as { correlationId?: string };
  if (correlationId) changes.correlationId = correlationId;
  return { ...job, ...changes };
}

function changesBy(job: JobSnapshot, event: JobEvent): Changes | undefined {
  switch (event.type) {
    case 'job-status':
      return entered(job, event.data.status, event.data.stage, event.data.percent, event.id);
    case 'step-status':
      return event.data.status === 'started'
        ? started(job, event.data.step ?? job.stage, event.id)
        : ended(job, event.data.step, event.data.status, event.id);
    case 'step-progress':
      return progressed(job, event.data, event.id);
    case 'warning': {
      const { message, step, stallDurationSeconds } = event.data;
      if (stallDurationSeconds !== undefined)
        return { ...log(job, message, event.id), stalledSeconds: stallDurationSeconds };
      return {
        ...log(job, message, event.id, 'warning'),
        warnings: [...job.warnings, { message, step: step ?? job.stage }],
      };
    }
    case 'error':
      return log(job, event.data.message, event.id, 'error');
    case 'job-log':
      return log(job, event.data.message, event.id);
    case 'job-completed':
      return {
        ...finished(job, 'Succeeded', undefined, event.id),
        percent: 100,
        phase: 'complete',
        artifacts: event.data.artifacts,
        output: event.data.output,
        estimatedTimeRemaining: null,
      };
    case 'job-failed': {
      // A backend that only suspects a stall says so with this code and works on; `GET` knows better (AC-45).
      if (event.data.errors[0]?.code === 'STALL_TIMEOUT') return { stalledSeconds: job.stalledSeconds ?? 0 };
      const { stage, errorMessage, errors } = event.data;
      return {
        ...finished(job, 'Failed', stage, event.id),
        ...log(job, errorMessage, event.id, 'error'),
        errorMessage,
        errors,
      };
    }
    case 'job-cancelled':
      return finished(job, 'Canceled', event.data.stage, event.id);
    default:
      return undefined;
  }
}

/** A terminal `job-status` only announces the terminal event that follows it, so it changes no state (C-14). */
function entered(
  job: JobSnapshot,
  status: JobStatus | undefined,
  stage: StageName,
  percent: number,
  id?: string,
): Changes {
  if (!status || isTerminal(status)) return {};
  // A late word from before the job began does not take it back.
  if (status !== job.status && !canTransition(job.status, status)) return {};
  return {
    ...moved(job, status === 'Queued' ? undefined : stage, percent, id),
    ...(status !== job.status || !job.createdAt ? log(job, status, id) : {}),
    status,
    createdAt: job.createdAt ?? isoTime(id),
    startedAt: job.startedAt ?? (status === 'Running' ? isoTime(id) : null),
  };
}

/** What was said of the step before does not hold for the new one. */
function started(job: JobSnapshot, stage: StageName, id?: string): Changes {
  const silent = { message: '', substageDetail: '', currentItem: null, totalItems: null };
  return { ...moved(job, stage, 0, id), ...log(job, `${stage} started`, id), ...(stage !== job.stage && silent) };
}

function progressed(job: JobSnapshot, data: StepProgressData, id?: string): Changes {
  const stage = data.step ?? job.stage;
  const { percent, stepScale } = readPercent(job, stage, data);
  // Numbers tick; the log notes what is being done, once.
  const told = shapeOf(data.message) !== shapeOf(job.message) ? log(job, data.message, id) : {};
  return {
    ...moved(job, stage, percent, id, data.stepPct),
    ...told,
    // Where a backend says nothing new, the last word stands.
    message: data.message || job.message,
    substageDetail: data.substageDetail,
    currentItem: data.currentItem,
    totalItems: data.totalItems,
    elapsedTime: data.elapsedTime ?? job.elapsedTime,
    estimatedTimeRemaining: data.estimatedTimeRemaining,
    stalledSeconds: null,
    ...(stepScale && { stepScale }),
  };
}

/**
 * Job percent of a progress event. `percent` is unambiguous. A bare `progressPct` counts within the step as soon as one
 * lies below its step's range; until then it is held inside that range, which is right for both readings (C-03, AC-44).
 */
function readPercent(
  job: JobSnapshot,
  stage: StageName,
  data: StepProgressData,
): { percent: number; stepScale?: true } {
  if (data.percent !== undefined) return { percent: data.percent };
  const { from, to } = stageOf(stage);
  const value = data.progressPct ?? 0;
  if (job.stepScale || value < from) return { percent: toJobPercent(stage, value), stepScale: true };
  return { percent: Math.min(value, to) };
}

/** The job stands in a stage at a percentage. Steps before it are done, even if the backend never said so (C-30). */
function moved(
  job: JobSnapshot,
  stage: StageName | undefined,
  reached: number,
  id?: string,
  stepPct?: number,
): Changes {
  const current = Math.max(stageIndex(job.stage), stage ? stageIndex(stage) : 0);
  const { name, phase, from } = STAGES[current]!;
  const percent = Math.max(job.percent, Math.min(99, Math.max(reached, from)));
  if (!stage) return { percent };
  const steps = job.steps.map((step, index): StepSnapshot => {
    if (index > current || isDone(step)) return step;
    if (index < current) return endStep(step, 'Succeeded', id);
    return {
      ...step,
      status: 'Running',
      progressPct: Math.max(step.progressPct, stepPct ?? toStepPercent(name, percent)),
      startedAt: step.startedAt ?? isoTime(id),
    };
  });
  return { status: 'Running', stage: name, phase, percent, steps, queuePosition: null };
}

function ended(job: JobSnapshot, stage: StageName, how: 'completed' | 'skipped' | 'failed', id?: string): Changes {
  const status: StepStatus = how === 'completed' ? 'Succeeded' : how === 'skipped' ? 'Skipped' : 'Failed';
  return { steps: job.steps.map((step) => (step.name === stage && !isDone(step) ? endStep(step, status, id) : step)) };
}

function finished(
  job: JobSnapshot,
  status: 'Succeeded' | 'Failed' | 'Canceled',
  stage: StageName | undefined,
  id?: string,
): Changes {
  // A job that never ran has no step to end: cancelled while queued, all of them stay pending (C-18).
  const at =
    job.status === 'Queued' && status === 'Canceled'
      ? {}
      : moved(job, status === 'Succeeded' ? 'Rendering' : stage, 0, id);
  const steps = (at.steps ?? job.steps).map((step) => (step.status === 'Running' ? endStep(step, status, id) : step));
  return {
    ...at,
    ...log(job, status, id),
    percent: job.percent,
    message: '',
    substageDetail: '',
    steps,
    status,
    completedAt: isoTime(id),
    estimatedTimeRemaining: null,
    stalledSeconds: null,
    queuePosition: null,
  };
}

function endStep(step: StepSnapshot, status: StepStatus, id?: string): StepSnapshot {
  const progressPct = status === 'Succeeded' ? 100 : step.progressPct;
  return { ...step, status, progressPct, startedAt: step.startedAt ?? isoTime(id), completedAt: isoTime(id) };
}

function isDone(step: StepSnapshot): boolean {
  return step.status !== 'Pending' && step.status !== 'Running';
}

/** One more log line. The log is derived, so every backend has one and no extra event is needed. */
function log(job: JobSnapshot, text: string, id: string | undefined, severity?: 'warning' | 'error'): Changes {
  if (!text) return {};
  const line = [isoTime(id), severity?.toUpperCase(), text].filter(Boolean).join(' ');
  return { logs: [...job.logs.slice(1 - LOG_LIMIT), line] };
}

function shapeOf(message: string): string {
  return message.replace(/\d+/g, '');
}

function isoTime(id: string | undefined): string | null {
  const time = eventTime(id);
  return time === undefined ? null : new Date(time).toISOString();
}
