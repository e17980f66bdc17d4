/** Vue bindings. Entry `@aura-jobs/sdk/vue`. */
export { useJob } from './use-job.ts';
export type { JobRefs } from './use-job.ts';
