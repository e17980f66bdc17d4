/** What only pages need: one connection for all tabs, and jobs that survive a reload. Entry `@aura-jobs/sdk/browser`. */
export { JobMemory } from './job-memory.ts';
export type { JobWatching } from './job-memory.ts';
export type { JobStorage, RememberedJob } from './job-shelf.ts';
export { rememberJobs } from './remember-jobs.ts';
export type { RememberOptions } from './remember-jobs.ts';
export { shareAcrossTabs } from './share-across-tabs.ts';
export type { ShareOptions } from './share-across-tabs.ts';
