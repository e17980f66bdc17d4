/** Reads the answer of `GET /api/jobs/{id}`, ours or another backend's, into a snapshot (protocol sheet, 3.4 and 4.1). */
import { fieldsOf } from './fold-keys.ts';
import { isEventId } from './event-id.ts';
import { emptySnapshot } from './job-snapshot.ts';
import type { JobSnapshot, StepSnapshot, StepStatus } from './job-snapshot.ts';
import { foldStatus, isTerminal } from './job-status.ts';
import { firstNumber, firstText, lineOf, listOf, READ } from './read-fields.ts';
import { foldStage, stageAt, stageIndex, stageOf, toStepPercent } from './stages.ts';

/** Snapshot for a job resource in any accepted spelling. @param jobId used where the resource names none. */
export function parseJobSnapshot(raw: unknown, jobId = ''): JobSnapshot {
  const f = fieldsOf(raw);
  const status = READ.status(f) ?? 'Queued';
  const percent = status === 'Succeeded' ? 100 : Math.min(99, READ.progressPct(f) ?? 0);
  const stage = READ.stage(f) ?? stageAt(percent).name;
  const textOrNull = (...values: unknown[]): string | null => firstText(...values) || null;
  const job: JobSnapshot = {
    ...emptySnapshot(firstText(f.jobId, f.id, jobId)),
    title: textOrNull(f.title, fieldsOf(f.brief).topic),
    status,
    stage,
    phase: status === 'Succeeded' ? 'complete' : stageOf(stage).phase,
    percent,
    message: READ.message(f),
    substageDetail: READ.substageDetail(f),
    currentItem: READ.currentItem(f),
    totalItems: READ.totalItems(f),
    elapsedTime: READ.elapsedTime(f),
    estimatedTimeRemaining: READ.estimatedTimeRemaining(f),
    warnings: listOf(f.warnings).map((item) => ({
      message: lineOf(item),
      step: foldStage(fieldsOf(item).step) ?? stage,
    })),
    errors: READ.errors(f),
    errorMessage: textOrNull(f.errorMessage),
    logs: READ.logs(f),
    artifacts: READ.artifacts(f),
    output: READ.output(f),
    correlationId: textOrNull(f.correlationId),
    createdAt: textOrNull(f.createdAt, f.createdUtc),
    startedAt: textOrNull(f.startedAt, f.startedUtc),
    completedAt: textOrNull(f.completedAt, f.finishedAt, f.endedUtc),
    lastEventId: isEventId(f.lastEventId) ? f.lastEventId : null,
    retryOf: textOrNull(f.retryOf),
    attempt: firstNumber(f.attempt) ?? 1,
    queuePosition: firstNumber(f.queuePosition) ?? null,
    stalledSeconds: firstNumber(f.stalledSeconds) ?? null,
  };
  const told = listOf(f.steps).map(fieldsOf);
  return {
    ...job,
    steps: job.steps.map((step, index) => {
      const said = told.find(({ name }) => foldStage(name) === step.name);
      if (!said) return impliedStep(step, index, job);
      return {
        ...step,
        status: stepStatus(said.status),
        progressPct: firstNumber(said.progressPct) ?? 0,
        startedAt: textOrNull(said.startedAt),
        completedAt: textOrNull(said.completedAt),
      };
    }),
  };
}

function stepStatus(raw: unknown): StepStatus {
  const status = foldStatus(raw);
  if (!status || status === 'Queued') return raw === 'Skipped' ? raw : 'Pending';
  return status === 'Paused' ? 'Running' : status;
}

/** What the job's own stage says about a step the backend did not list. */
function impliedStep(step: StepSnapshot, index: number, { status, stage, percent }: JobSnapshot): StepSnapshot {
  const distance = index - stageIndex(stage);
  if (status === 'Succeeded' || distance < 0) return { ...step, status: 'Succeeded', progressPct: 100 };
  if (status === 'Queued' || distance > 0) return step;
  const reached = isTerminal(status) ? (status as StepStatus) : 'Running';
  return { ...step, status: reached, progressPct: toStepPercent(stage, percent) };
}
