/** The state of a job at one moment: what `GET /api/jobs/{id}` answers and what elements render. */
import type { Artifact, JobError, JobOutput } from './job-events.ts';
import type { JobStatus } from './job-status.ts';
import { STAGES } from './stages.ts';
import type { Phase, StageName } from './stages.ts';

/** State of one step. */
export type StepStatus = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Skipped' | 'Canceled';

export interface StepSnapshot {
  readonly name: StageName;
  readonly status: StepStatus;
  /** Percent within the step, 0–100. */
  readonly progressPct: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export interface JobWarning {
  readonly message: string;
  readonly step: StageName;
}

/** All that is known of a job. Frozen by convention: {@link reduceJob} makes a new one for each change. */
export interface JobSnapshot {
  readonly jobId: string;
  /** What the job is about, for lists and headings; `null` where a backend does not say. */
  readonly title: string | null;
  readonly status: JobStatus;
  readonly stage: StageName;
  readonly phase: Phase;
  /** Percent of the whole job, 0–100; never falls, and 100 means success. */
  readonly percent: number;
  readonly message: string;
  readonly substageDetail: string;
  readonly currentItem: number | null;
  readonly totalItems: number | null;
  /** `hh:mm:ss`, or `null` while unknown. */
  readonly elapsedTime: string | null;
  readonly estimatedTimeRemaining: string | null;
  /** The five steps in the order of work. */
  readonly steps: readonly StepSnapshot[];
  readonly warnings: readonly JobWarning[];
  readonly errors: readonly JobError[];
  readonly errorMessage: string | null;
  /** The newest lines of what happened, oldest first. */
  readonly logs: readonly string[];
  readonly artifacts: readonly Artifact[];
  readonly output: JobOutput | null;
  readonly correlationId: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly startedAt: string | null;
  /** When the job ended, in whatever way. */
  readonly completedAt: string | null;
  /** The newest event in this state; a stream goes on from here. `null` where a backend gives none. */
  readonly lastEventId: string | null;
  /** The failed job that this one repeats. */
  readonly retryOf: string | null;
  /** 1 for a first try, 2 for its retry, and so on. */
  readonly attempt: number;
  /** Jobs that will start earlier, while queued. */
  readonly queuePosition: number | null;
  /** Seconds without any change, once the backend has said that the job stalls; `null` when it moves. */
  readonly stalledSeconds: number | null;
  /** Set when the backend turned out to count `progressPct` within each step (C-03). */
  readonly stepScale?: true;
}

/** The state of a job of which nothing is known yet. */
export function emptySnapshot(jobId: string): JobSnapshot {
  return {
    jobId,
    title: null,
    status: 'Queued',
    stage: 'Script',
    phase: 'plan',
    percent: 0,
    message: '',
    substageDetail: '',
    currentItem: null,
    totalItems: null,
    elapsedTime: null,
    estimatedTimeRemaining: null,
    steps: STAGES.map(({ name }) => ({ name, status: 'Pending', progressPct: 0, startedAt: null, completedAt: null })),
    warnings: [],
    errors: [],
    errorMessage: null,
    logs: [],
    artifacts: [],
    output: null,
    correlationId: null,
    createdAt: null,
    startedAt: null,
    completedAt: null,
    lastEventId: null,
    retryOf: null,
    attempt: 1,
    queuePosition: null,
    stalledSeconds: null,
  };
}
