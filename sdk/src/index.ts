/** `@aura-jobs/sdk`: start, watch, cancel and retry long server jobs. Importing it does nothing but define. */
export { AccessDeniedError } from './errors/access-denied-error.ts';
export { AuraError, isAuraError } from './errors/aura-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { describeError } from './errors/describe-error.ts';
export type { DescribeOptions, ErrorDescription } from './errors/describe-error.ts';
export { InvalidInputError } from './errors/invalid-input-error.ts';
export { JobCanceledError } from './errors/job-canceled-error.ts';
export { JobFailedError } from './errors/job-failed-error.ts';
export { JobNotFoundError } from './errors/job-not-found-error.ts';
export { NotCancellableError } from './errors/not-cancellable-error.ts';
export { NotRetryableError } from './errors/not-retryable-error.ts';
export { ProtocolError } from './errors/protocol-error.ts';
export { RateLimitedError } from './errors/rate-limited-error.ts';
export { ServerError } from './errors/server-error.ts';
export type { ErrorCode, ErrorFacts, ErrorKind, ErrorPlace } from './errors/taxonomy.ts';
export type { CreateJobRequest } from './jobs/create-request.ts';
export type { Logger } from './http/logger.ts';
export { AuraClient } from './jobs/job-client.ts';
export type { AuraClientOptions, EventsOptions } from './jobs/job-client.ts';
export { ConnectionErrorEvent, JobEventTarget, JobMessageEvent } from './jobs/job-event-target.ts';
export type { JobEventMap, JobListener } from './jobs/job-event-target.ts';
export type { JobReader } from './jobs/job-feed.ts';
export type { CallOptions } from './http/http-client.ts';
export type {
  BatchCancelResult,
  CancelResult,
  CreatedJob,
  CreateOptions,
  FileTicket,
  JobList,
  JobsApi,
  ListOptions,
  RetriedJob,
} from './jobs/jobs-api.ts';
export { JobsWatcher } from './jobs/jobs-watcher.ts';
export { JobWatcher } from './jobs/job-watcher.ts';
export { SseClient } from './jobs/sse-client.ts';
export type { SseConnectionState } from './jobs/sse-client.ts';
export {
  cancelJob,
  configure,
  createJob,
  defaultClient,
  getJob,
  retryJob,
  subscribeToJobEvents,
} from './jobs/subscribe.ts';
export { SSEClient } from './sse/legacy-sse-client.ts';
export type { SSEClientOptions, SSEConnectionState } from './sse/legacy-sse-client.ts';
export type { ConnectionState } from './sse/connection-state.ts';
export type { RetryOptions } from './sse/backoff.ts';
export type { Link, Transport } from './sse/transport.ts';
export { foldStage, foldStatus, isCancellable, isTerminal, parseTimeSpan, STAGES } from './protocol/index.ts';
export type {
  Artifact,
  JobError,
  JobEvent,
  JobEventData,
  JobEventType,
  JobOutput,
  JobSnapshot,
  JobStatus,
  JobWarning,
  Phase,
  ProblemDetails,
  Stage,
  StageName,
  StepSnapshot,
  StepStatus,
} from './protocol/index.ts';
