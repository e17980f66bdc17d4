/** What happened between a program and its server, for support. Entry `@aura-jobs/sdk/trace`. */
export { recordTrace } from './record-trace.ts';
export type { Trace, TraceOptions } from './record-trace.ts';
export { replayTrace } from './replay-trace.ts';
export type { ReplayOptions } from './replay-trace.ts';
export type { ExportedTrace, TraceEntry } from './trace-entry.ts';
