/** The wire contract: events, statuses, stages, ids, the tolerant reader and the reducer. Entry `@aura-jobs/sdk/protocol`. */
export { compareEventIds, eventTime, isEventId, isSeen } from './event-id.ts';
export { isTerminalEvent } from './job-events.ts';
export type {
  Artifact,
  ErrorData,
  JobCancelledData,
  JobCompletedData,
  JobError,
  JobEvent,
  JobEventData,
  JobEventDraft,
  JobEventType,
  JobFailedData,
  JobLogData,
  JobOutput,
  JobStatusData,
  StepProgressData,
  StepStatusData,
  WarningData,
} from './job-events.ts';
export { emptySnapshot } from './job-snapshot.ts';
export type { JobSnapshot, JobWarning, StepSnapshot, StepStatus } from './job-snapshot.ts';
export { canTransition, foldStatus, isCancellable, isTerminal } from './job-status.ts';
export type { JobStatus } from './job-status.ts';
export { parseJobEvent } from './parse-job-event.ts';
export type { EventFrame } from './parse-job-event.ts';
export { parseJobSnapshot } from './parse-job-snapshot.ts';
export type { ProblemDetails } from './problem-details.ts';
export { foldEvents, LOG_LIMIT, reduceJob } from './reduce-job.ts';
export { foldStage, stageAt, stageIndex, stageOf, STAGES, toJobPercent, toStepPercent } from './stages.ts';
export type { Phase, Stage, StageName } from './stages.ts';
export { formatTimeSpan, parseTimeSpan } from './time-span.ts';
