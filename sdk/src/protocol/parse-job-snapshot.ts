/** Reads the answer of `GET /api/jobs/{id}`, ours or another backend's, into a snapshot (protocol sheet, 3.4 and 4.1). */
import { fieldsOf, firstNumber, firstText, listOf } from './fold-keys.ts';
import { isEventId } from './event-id.ts';
import { emptySnapshot } from './job-snapshot.ts';
import type { JobSnapshot, StepSnapshot, StepStatus } from './job-snapshot.ts';
import { foldStatus, isTerminal } from './job-status.ts';
import type { JobStatus } from './job-status.ts';
import { readArtifacts, readErrors, readLines, readOutput } from './parse-job-event.ts';
import { foldStage, stageAt, stageIndex, STAGES, toStepPercent } from './stages.ts';
import { formatTimeSpan, parseTimeSpan } from './time-span.ts';

/** Snapshot for a job resource in any accepted spelling. @param jobId used where the resource names none. */
export function parseJobSnapshot(raw: unknown, jobId = ''): JobSnapshot {
  const f = fieldsOf(raw);
  const status = foldStatus(f.status) ?? 'Queued';
  const percent =
    status === 'Succeeded' ? 100 : Math.min(99, Math.max(0, firstNumber(f.percent, f.progressPct, f.progress) ?? 0));
  const stage = foldStage(f.stage) ?? foldStage(f.currentStage) ?? stageAt(percent).name;
  const { phase } = STAGES[stageIndex(stage)]!;
  const base: JobSnapshot = {
    ...emptySnapshot(firstText(f.jobId, f.id, jobId)),
    title: firstText(f.title, fieldsOf(f.brief).topic) || null,
    status,
    stage,
    phase: status === 'Succeeded' ? 'complete' : phase,
    percent,
    message: firstText(f.message, f.progressMessage),
    substageDetail: firstText(f.substageDetail),
    currentItem: firstNumber(f.currentItem) ?? null,
    totalItems: firstNumber(f.totalItems) ?? null,
    elapsedTime: timeSpan(f.elapsedTime),
    estimatedTimeRemaining: timeSpan(f.estimatedTimeRemaining ?? f.eta),
    warnings: listOf(f.warnings).map((item) => {
      const warning = typeof item === 'string' ? { message: item } : fieldsOf(item);
      return { message: firstText(warning.message), step: foldStage(warning.step) ?? stage };
    }),
    errors: readErrors(f.errors),
    errorMessage: firstText(f.errorMessage) || null,
    logs: readLines(f.logs),
    artifacts: readArtifacts(f.artifacts),
    output: readOutput(f),
    correlationId: firstText(f.correlationId) || null,
    createdAt: firstText(f.createdAt, f.createdUtc) || null,
    startedAt: firstText(f.startedAt, f.startedUtc) || null,
    completedAt: firstText(f.completedAt, f.finishedAt, f.endedUtc) || null,
    lastEventId: isEventId(f.lastEventId) ? f.lastEventId : null,
    retryOf: firstText(f.retryOf) || null,
    attempt: firstNumber(f.attempt) ?? 1,
    queuePosition: firstNumber(f.queuePosition) ?? null,
    stalledSeconds: firstNumber(f.stalledSeconds) ?? null,
  };
  return { ...base, steps: readSteps(f.steps, base) };
}

function readSteps(raw: unknown, job: JobSnapshot): StepSnapshot[] {
  const told = listOf(raw).map(fieldsOf);
  return STAGES.map(({ name }, index) => {
    const fields = told.find((step) => foldStage(step.name) === name);
    if (!fields) return stepFromJob(index, job);
    return {
      name,
      status: stepStatus(fields.status),
      progressPct: firstNumber(fields.progressPct) ?? 0,
      startedAt: firstText(fields.startedAt) || null,
      completedAt: firstText(fields.completedAt) || null,
    };
  });
}

function stepStatus(raw: unknown): StepStatus {
  const status = foldStatus(raw);
  if (status === 'Paused') return 'Running';
  if (status && status !== 'Queued') return status;
  return raw === 'Skipped' ? 'Skipped' : 'Pending';
}

/** What the job's own stage says about a step the backend did not list. */
function stepFromJob(index: number, job: JobSnapshot): StepSnapshot {
  const { name } = STAGES[index]!;
  const distance = index - stageIndex(job.stage);
  const done = job.status === 'Succeeded' || distance < 0;
  const untouched = job.status === 'Queued' || distance > 0;
  return {
    name,
    status: done ? 'Succeeded' : untouched ? 'Pending' : stepEnd(job.status),
    progressPct: done ? 100 : untouched ? 0 : toStepPercent(name, job.percent),
    startedAt: null,
    completedAt: null,
  };
}

/** The status of the step a job stands in, for the job's own status. */
export function stepEnd(status: JobStatus): StepStatus {
  return isTerminal(status) ? (status as StepStatus) : 'Running';
}

function timeSpan(raw: unknown): string | null {
  const seconds = parseTimeSpan(raw);
  return seconds === undefined ? null : formatTimeSpan(seconds);
}
