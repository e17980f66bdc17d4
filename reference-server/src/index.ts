/** `@aura-jobs/reference-server`: run it as it is, or build your own from its parts. */
export { readConfig } from './config.ts';
export type { Config } from './config.ts';
export { createServer } from './create-server.ts';
export type { AuraServer } from './create-server.ts';
