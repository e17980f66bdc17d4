/** React bindings. Entry `@aura-jobs/sdk/react`. */
export { useJobProgress } from './use-job-progress.ts';
