/** React bindings. Entry `@aura-jobs/sdk/react`. */
export { useJob, useJobs } from './use-job.ts';
export type { JobView } from './job-store.ts';
export { useJobProgress } from './use-job-progress.ts';
