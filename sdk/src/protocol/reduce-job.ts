/** Folds events into a snapshot. Pure, and the same function on both sides of the wire (docs/architecture.md, rule 2). */
import { eventTime, isSeen } from './event-id.ts';
import type { JobEvent, JobEventData, JobEventType } from './job-events.ts';
import type { JobSnapshot, StepSnapshot, StepStatus } from './job-snapshot.ts';
import { isTerminal } from './job-status.ts';
import { stageIndex, STAGES, toJobPercent, toStepPercent } from './stages.ts';
import type { StageName } from './stages.ts';

/** How many log lines a snapshot keeps. */
export const LOG_LIMIT = 200;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A snapshot in the making, seen by nobody else. */
export type JobDraft = Mutable<Omit<JobSnapshot, 'steps'>> & { readonly steps: readonly Mutable<StepSnapshot>[] };

/**
 * The snapshot after an event. Returns the same object when the event changes nothing: it is older than the snapshot,
 * or the job has ended. Progress never falls, steps never go back, and 100 % comes only with success (C-24, AC-43).
 */
export function reduceJob(job: JobSnapshot, event: JobEvent): JobSnapshot {
  return foldEvents(job, [event]);
}

/** The snapshot after events in the order of the log: as {@link reduceJob} for each, at the price of one copy. */
export function foldEvents(job: JobSnapshot, events: readonly JobEvent[]): JobSnapshot {
  let draft: JobDraft | undefined;
  let newer = false;
  for (const { type, data, id } of events) {
    const apply = APPLY[type as JobEventType];
    if (!apply || isTerminal((draft ?? job).status)) continue;
    // What follows a newer event is newer too.
    if (!newer && isSeen(id, job.lastEventId)) continue;
    newer ||= id !== undefined;
    draft ??= draftOf(job);
    apply(draft, data as never, id);
    if (id) draft.lastEventId = id;
    const { correlationId } = data as { correlationId?: unknown };
    if (typeof correlationId === 'string' && correlationId) draft.correlationId = correlationId;
  }
  return draft ?? job;
}

/** A copy that may be changed. */
export function draftOf(job: JobSnapshot): JobDraft {
  return { ...job, steps: job.steps.map((step) => ({ ...step })) };
}

// Without a prototype, so that no word means anything by accident.
const STEP_END: { readonly [word: string]: StepStatus } = {
  __proto__: null as never,
  completed: 'Succeeded',
  skipped: 'Skipped',
  failed: 'Failed',
};

const APPLY: { [T in JobEventType]?: (job: JobDraft, data: JobEventData[T], id?: string) => void } = {
  'step-progress'(job, data, id) {
    const { message, currentItem, totalItems, elapsedTime, estimatedTimeRemaining } = data;
    const stage = data.step ?? job.stage;
    moveTo(job, stage, jobPercent(job, stage, data), id, data.stepPct);
    if (message) {
      // Numbers tick; the log notes what is being done, once.
      if (message !== job.message && !differsInNumbersOnly(message, job.message)) log(job, message, id);
      job.message = message;
    }
    job.substageDetail = data.substageDetail;
    job.currentItem = currentItem;
    job.totalItems = totalItems;
    if (elapsedTime) job.elapsedTime = elapsedTime;
    job.estimatedTimeRemaining = estimatedTimeRemaining;
    job.stalledSeconds = null;
  },
  'job-status'(job, { status, stage, percent }, id) {
    // A terminal one only announces the terminal event that follows it, so it changes no state (C-14); and a late word
    // from before the job began does not take it back.
    if (!status || isTerminal(status) || (status === 'Queued' && job.status !== 'Queued')) return;
    if (status !== job.status || !job.createdAt) log(job, status, id);
    moveTo(job, status === 'Queued' ? undefined : stage, percent, id);
    job.status = status;
    job.createdAt ??= isoTime(id);
    if (status === 'Running') job.startedAt ??= isoTime(id);
  },
  'step-status'(job, { step: told, status }, id) {
    const step = told ?? job.stage;
    const end = STEP_END[status];
    if (end) endStep(job.steps[stageIndex(step)]!, end, id);
    if (status !== 'started') return;
    // What was said of the step before does not hold for the new one.
    if (step !== job.stage) hush(job);
    moveTo(job, step, 0, id);
    log(job, `${step} started`, id);
  },
  warning(job, { message, step, stallDurationSeconds }, id) {
    if (stallDurationSeconds === undefined) {
      log(job, message && `WARNING ${message}`, id);
      job.warnings = [...job.warnings, { message, step: step ?? job.stage }];
    } else {
      log(job, message, id);
      job.stalledSeconds = stallDurationSeconds;
    }
  },
  error(job, { message }, id) {
    log(job, message && `ERROR ${message}`, id);
  },
  'job-log'(job, { message }, id) {
    log(job, message, id);
  },
  'job-completed'(job, { artifacts, output }, id) {
    finish(job, 'Succeeded', 'Rendering', id);
    job.percent = 100;
    job.phase = 'complete';
    job.artifacts = artifacts;
    job.output = output;
  },
  'job-failed'(job, { stage, errorMessage, errors }, id) {
    // A backend that only suspects a stall says so with this code and works on; `GET` knows better (AC-45).
    if (errors[0]?.code === 'STALL_TIMEOUT') return void (job.stalledSeconds ??= 0);
    log(job, errorMessage && `ERROR ${errorMessage}`, id);
    finish(job, 'Failed', stage, id);
    job.errorMessage = errorMessage || null;
    job.errors = errors;
  },
  'job-cancelled'(job, { stage }, id) {
    // A job that never ran has no step to end: cancelled while queued, all of them stay pending (C-18).
    finish(job, 'Canceled', job.status === 'Queued' ? undefined : stage, id);
  },
};

/**
 * Job percent of a progress event. `percent` is unambiguous. A bare `progressPct` counts within the step as soon as one
 * lies below its step's range; until then it is held inside that range, which is right for both readings (C-03, AC-44).
 */
function jobPercent(job: JobDraft, stage: StageName, data: JobEventData['step-progress']): number {
  const { percent } = data;
  if (percent !== undefined) return percent;
  const progressPct = data.progressPct ?? 0;
  const { from, to } = STAGES[stageIndex(stage)]!;
  if (progressPct < from) job.stepScale = true;
  return job.stepScale ? toJobPercent(stage, progressPct) : Math.min(progressPct, to);
}

/** The job stands in a stage at a percentage. Steps before it are done, even if the backend never said so (C-30). */
export function moveTo(
  job: JobDraft,
  stage: StageName | undefined,
  reached: number,
  id?: string,
  stepPct?: number,
): void {
  const before = stageIndex(job.stage);
  const current = stage ? Math.max(before, stageIndex(stage)) : before;
  const { name, phase, from } = STAGES[current]!;
  job.percent = Math.max(job.percent, Math.min(99, Math.max(reached ?? 0, from)));
  if (!stage) return;
  job.status = 'Running';
  job.stage = name;
  job.phase = phase;
  job.queuePosition = null;
  if (current > before) for (const earlier of job.steps.slice(0, current)) endStep(earlier, 'Succeeded', id);
  const step = job.steps[current]!;
  if (isDone(step)) return;
  step.status = 'Running';
  step.progressPct = Math.max(step.progressPct, stepPct ?? toStepPercent(name, job.percent));
  step.startedAt ??= isoTime(id);
}

function finish(
  job: JobDraft,
  status: 'Succeeded' | 'Failed' | 'Canceled',
  stage: StageName | undefined,
  id: string | undefined,
): void {
  const { percent } = job;
  if (job.status !== 'Queued' || status !== 'Canceled') moveTo(job, stage, 0, id);
  for (const step of job.steps) if (step.status === 'Running') endStep(step, status, id);
  log(job, status, id);
  hush(job);
  job.percent = percent;
  job.status = status;
  job.completedAt = isoTime(id);
  job.estimatedTimeRemaining = job.stalledSeconds = job.queuePosition = null;
}

function hush(job: JobDraft): void {
  job.message = job.substageDetail = '';
  job.currentItem = job.totalItems = null;
}

/** A step that has ended stays as it is. */
export function endStep(step: Mutable<StepSnapshot>, status: StepStatus, id?: string): void {
  if (isDone(step)) return;
  if (status === 'Succeeded') step.progressPct = 100;
  step.status = status;
  step.completedAt = isoTime(id);
  step.startedAt ??= step.completedAt;
}

function isDone({ status }: StepSnapshot): boolean {
  return status !== 'Pending' && status !== 'Running';
}

/** One more log line. The log is derived, so every backend has one and no extra event is needed. */
function log(job: JobDraft, text: string, id: string | undefined): void {
  const time = isoTime(id);
  if (text) job.logs = [...job.logs.slice(1 - LOG_LIMIT), time ? `${time} ${text}` : text];
}

/** Asked for every event, so it goes through both texts without making new ones. */
function differsInNumbersOnly(a: string, b: string): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const atA = a.charCodeAt(i);
    const atB = b.charCodeAt(j);
    if (atA !== atB && !isDigit(atA) && !isDigit(atB)) return false;
    if (atA === atB || isDigit(atA)) i++;
    if (atA === atB || isDigit(atB)) j++;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

function isoTime(id: string | undefined): string | null {
  const time = eventTime(id);
  return time === undefined ? null : new Date(time).toISOString();
}
