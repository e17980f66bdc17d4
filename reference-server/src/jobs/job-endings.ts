/** The events that begin, put down and end a job, in one place so that they always come in the same order (C-14). */
import { STAGES } from '@aura-jobs/sdk/protocol';
import type { Artifact, JobError, JobEventDraft, JobOutput, JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { JobRecord } from './job-store.ts';

/** Log lines in `job-failed` (guide). */
const FAILURE_LOGS = 10;

/** The first event of every job. */
export function queuedEvent({ correlationId }: JobRecord): JobEventDraft {
  return { type: 'job-status', data: { status: 'Queued', stage: 'Script', percent: 0, correlationId } };
}

/** The work was put down, and stays where it is. */
export function pausedEvent({ correlationId }: JobRecord, { stage, percent }: JobSnapshot): JobEventDraft {
  return { type: 'job-status', data: { status: 'Paused', stage, percent, correlationId } };
}

/** The work begins, or goes on. */
export function runningEvent({ correlationId }: JobRecord, { stage, percent }: JobSnapshot): JobEventDraft {
  return { type: 'job-status', data: { status: 'Running', stage, percent, correlationId } };
}

/** The work begins with its first stage, in one: a crash in between would leave that stage without a beginning (AC-14). */
export function beginningEvents(record: JobRecord, snapshot: JobSnapshot): JobEventDraft[] {
  const { name, phase } = STAGES[0]!;
  const { correlationId } = record;
  const data = { step: name, status: 'started', phase, correlationId } as const;
  return [runningEvent(record, snapshot), { type: 'step-status', data }];
}

/** Each end is a `job-status` and the terminal event, appended together: nobody sees one without the other. */
export const endOfJob = {
  completed({ id, correlationId }: JobRecord, artifacts: Artifact[], durationSeconds: number): JobEventDraft[] {
    return [
      { type: 'job-status', data: { status: 'Succeeded', stage: 'Rendering', percent: 100, correlationId } },
      {
        type: 'job-completed',
        data: {
          status: 'Succeeded',
          jobId: id,
          artifacts,
          output: outputOf(artifacts, durationSeconds),
          correlationId,
        },
      },
    ];
  },

  failed({ id, correlationId }: JobRecord, { stage, percent, logs }: JobSnapshot, error: JobError): JobEventDraft[] {
    return [
      { type: 'job-status', data: { status: 'Failed', stage, percent, correlationId } },
      {
        type: 'job-failed',
        data: {
          status: 'Failed',
          jobId: id,
          stage,
          errorMessage: error.message,
          errors: [error],
          logs: logs.slice(-FAILURE_LOGS),
          correlationId,
        },
      },
    ];
  },

  canceled({ id, correlationId }: JobRecord, { stage, percent }: JobSnapshot): JobEventDraft[] {
    return [
      { type: 'job-status', data: { status: 'Canceled', stage, percent, correlationId } },
      {
        type: 'job-cancelled',
        data: { status: 'Cancelled', jobId: id, stage, message: 'Job was cancelled by user', correlationId },
      },
    ];
  },
};

function outputOf(artifacts: readonly Artifact[], durationSeconds: number): JobOutput {
  const video = artifacts.find(({ type }) => type.startsWith('video/'));
  const subtitles = artifacts.find(({ name }) => name === 'subtitles.srt');
  return {
    videoPath: video?.path ?? '',
    subtitlePath: subtitles?.path ?? '',
    sizeBytes: video?.sizeBytes ?? 0,
    durationSeconds,
  };
}
