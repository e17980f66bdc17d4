/** `@aura-jobs/elements`: the classes. Importing it registers nothing. */
export { AuraJobProgress } from './job-progress/job-progress.ts';
export { AuraRenderStatus } from './render-status/render-status.ts';
export { auraClientContext } from './shared/aura-client-context.ts';
export {
  AuraCancelRequestEvent,
  AuraErrorEvent,
  AuraJobCanceledEvent,
  AuraJobCompletedEvent,
  AuraJobFailedEvent,
  AuraJobRetriedEvent,
  AuraProgressEvent,
  AuraRetryRequestEvent,
} from './shared/events.ts';
export type {
  ErrorDetail,
  JobCanceledDetail,
  JobCompletedDetail,
  JobFailedDetail,
  JobRequestDetail,
  JobRetriedDetail,
  ProgressDetail,
} from './shared/events.ts';
export type { JobSource, JobView } from './shared/job-source.ts';
