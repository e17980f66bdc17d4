/** Reads the answer of `GET /api/jobs/{id}`, ours or another backend's, into a snapshot (protocol sheet, 3.4 and 4.1). */
import { fieldsOf } from './fold-keys.ts';
import { isEventId } from './event-id.ts';
import { emptySnapshot } from './job-snapshot.ts';
import type { JobSnapshot, StepStatus } from './job-snapshot.ts';
import { foldStatus, isTerminal } from './job-status.ts';
import {
  firstNumber,
  firstText,
  readDetails,
  readFailure,
  readJobPercent,
  readLine,
  readList,
  readOutcome,
  readPercent,
  readStage,
} from './read-fields.ts';
import { draftOf, endStep, moveTo } from './reduce-job.ts';
import { foldStage, stageAt } from './stages.ts';

/** Snapshot for a job resource in any accepted spelling. @param jobId used where the resource names none. */
export function parseJobSnapshot(raw: unknown, jobId = ''): JobSnapshot {
  const f = fieldsOf(raw);
  const status = foldStatus(f.status) ?? 'Queued';
  const succeeded = status === 'Succeeded';
  const percent = succeeded ? 100 : Math.min(99, readJobPercent(f) ?? 0);
  const stage = readStage(f) ?? stageAt(percent).name;
  const job = draftOf(emptySnapshot(firstText(f.jobId, f.id, jobId)));
  // What the stage says of the steps: a backend may not list them.
  if (status !== 'Queued') moveTo(job, stage, percent);
  for (const step of job.steps) {
    if (succeeded) endStep(step, status);
    else if (isTerminal(status) && step.status === 'Running') step.status = status as StepStatus;
  }
  for (const told of readList(f.steps, fieldsOf)) {
    const step = job.steps.find(({ name }) => name === foldStage(told.name));
    if (!step) continue;
    step.status = readStepStatus(told.status);
    step.progressPct = readPercent(told.progressPct) ?? 0;
    step.startedAt = textOrNull(told.startedAt);
    step.completedAt = textOrNull(told.completedAt);
  }
  return Object.assign(job, readDetails(f), readOutcome(f), readFailure(f), {
    title: textOrNull(f.title, fieldsOf(f.brief).topic),
    status,
    phase: succeeded ? 'complete' : job.phase,
    percent,
    warnings: readList(f.warnings, (item) => ({
      message: readLine(item),
      step: foldStage(fieldsOf(item).step) ?? stage,
    })),
    errorMessage: textOrNull(f.errorMessage),
    correlationId: textOrNull(f.correlationId),
    createdAt: textOrNull(f.createdAt, f.createdUtc),
    startedAt: textOrNull(f.startedAt, f.startedUtc),
    completedAt: textOrNull(f.completedAt, f.finishedAt, f.endedUtc),
    lastEventId: isEventId(f.lastEventId) ? f.lastEventId : null,
    retryOf: textOrNull(f.retryOf),
    attempt: firstNumber(f.attempt) ?? 1,
    queuePosition: firstNumber(f.queuePosition) ?? null,
    stalledSeconds: firstNumber(f.stalledSeconds) ?? null,
  });
}

function textOrNull(...values: unknown[]): string | null {
  return firstText(...values) || null;
}

function readStepStatus(raw: unknown): StepStatus {
  const status = foldStatus(raw);
  if (/^skipped$/i.test(String(raw))) return 'Skipped';
  return !status || status === 'Queued' ? 'Pending' : status === 'Paused' ? 'Running' : status;
}
