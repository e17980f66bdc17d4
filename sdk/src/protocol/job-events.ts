/** The events of the wire and the shape of every payload (guide, "SSE Event Types"). */
import type { JobStatus } from './job-status.ts';
import type { Phase, StageName } from './stages.ts';

interface Traced {
  /** Traces the request that created the job; opaque, never a key. */
  correlationId: string;
}

/** The job entered a status. */
export interface JobStatusData extends Traced {
  status: JobStatus;
  stage: StageName;
  /** Percent of the whole job, 0–100. */
  percent: number;
}

/** A step began; other values than `started` are optional extras (C-30). */
export interface StepStatusData extends Traced {
  step: StageName;
  status: 'started' | 'completed' | 'skipped' | 'failed';
  phase: Phase;
}

/** A step moved on; the most frequent event. */
export interface StepProgressData extends Traced {
  step: StageName;
  phase: Phase;
  /** Percent of the whole job, 0–100; the same value as `percent`. */
  progressPct: number;
  /** Percent of the whole job, 0–100. Missing where a backend says only `progressPct`, whose scale is then unknown (C-03). */
  percent?: number;
  /** Percent within the step, 0–100. */
  stepPct?: number;
  message: string;
  substageDetail: string;
  /** 1-based. */
  currentItem: number | null;
  totalItems: number | null;
  /** `hh:mm:ss` since the job started. */
  elapsedTime: string | null;
  /** `hh:mm:ss` until the job is expected to end. */
  estimatedTimeRemaining: string | null;
}

/** A file the job made. */
export interface Artifact {
  name: string;
  /** Same-origin URL path, for example `/artifacts/job-123/output.mp4`. */
  path: string;
  /** MIME type. */
  type: string;
  sizeBytes: number;
}

/** Where the result is. */
export interface JobOutput {
  videoPath: string;
  /** Empty when there are no subtitles. */
  subtitlePath: string;
  sizeBytes: number;
  /** Length of the video; missing where a backend does not say. */
  durationSeconds?: number;
}

/** One reason of a failure, with what the person can do about it. */
export interface JobError {
  /** Symbolic code, `Name` or `Name:Detail`. */
  code: string;
  message: string;
  remediation: string;
  /** Technical details, for example the encoder's last output. */
  details?: string;
}

export interface JobCompletedData extends Traced {
  status: 'Succeeded';
  jobId: string;
  artifacts: Artifact[];
  output: JobOutput;
}

export interface JobFailedData extends Traced {
  status: 'Failed';
  jobId: string;
  stage: StageName;
  errorMessage: string;
  errors: JobError[];
  /** The last 10 log lines. */
  logs: string[];
}

export interface JobCancelledData extends Traced {
  /** Two l on the wire, as the guide has it; everywhere else the state is `Canceled` (C-01). */
  status: 'Cancelled';
  jobId: string;
  stage: StageName;
  message: string;
}

/** A problem that does not stop the job. */
export interface WarningData extends Traced {
  message: string;
  step: StageName;
  /** Set when the warning says that nothing moved for this long (AC-46). */
  stallDurationSeconds?: number;
}

/** Trouble of the server or the link; never changes the job's state (C-05). */
export interface ErrorData extends Traced {
  message: string;
}

/** A log line of a backend that sends them (dialect D1). */
export interface JobLogData extends Traced {
  message: string;
  stage?: StageName;
  severity?: string;
}

/** Payload by event name. `resync`: the cursor was lost and the current state follows; `heartbeat`: only a sign of life. */
export interface JobEventData {
  'job-status': JobStatusData;
  'step-status': StepStatusData;
  'step-progress': StepProgressData;
  'job-completed': JobCompletedData;
  'job-failed': JobFailedData;
  'job-cancelled': JobCancelledData;
  warning: WarningData;
  error: ErrorData;
  resync: { resync: true };
  'job-log': JobLogData;
  heartbeat: object;
}

/** Event name a reader can switch on. */
export type JobEventType = keyof JobEventData;

/** What is written to the log: a typed payload that has no id yet. */
export type JobEventDraft = { [T in JobEventType]: { readonly type: T; readonly data: JobEventData[T] } }[JobEventType];

/** What a reader gets: the typed payload, its id, and the payload as it came. */
export type JobEvent =
  | (JobEventDraft & EventOrigin)
  | ({ readonly type: 'unknown'; readonly name: string; readonly data: unknown } & EventOrigin);

interface EventOrigin {
  /** Position in the job's log; missing where a backend gives none. */
  readonly id?: string | undefined;
  /** The payload as it stood on the wire. */
  readonly raw?: string;
}

/** Whether an event is the last one of its job. */
export function isTerminalEvent(event: { readonly type: string }): boolean {
  return event.type === 'job-completed' || event.type === 'job-failed' || event.type === 'job-cancelled';
}
