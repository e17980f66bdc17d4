/** `@aura-jobs/elements`: the classes. Importing it registers nothing. */
export { AuraClientProvider } from './client/client.ts';
export { AuraJobList } from './job-list/job-list.ts';
export type { JobListSource, JobsView } from './job-list/job-list-source.ts';
export { AuraJobProgress } from './job-progress/job-progress.ts';
export { AuraRenderStatus } from './render-status/render-status.ts';
export { setStrings } from './locales/strings.ts';
export type { Translation } from './locales/strings.ts';
export { auraClientContext } from './shared/aura-client-context.ts';
export {
  AuraCancelRequestEvent,
  AuraClosedEvent,
  AuraDeleteRequestEvent,
  AuraErrorEvent,
  AuraJobCanceledEvent,
  AuraJobCompletedEvent,
  AuraJobDeletedEvent,
  AuraJobFailedEvent,
  AuraJobRetriedEvent,
  AuraOpenRequestEvent,
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
