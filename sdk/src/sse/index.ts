/** Reads any SSE endpoint. Entry `@aura-jobs/sdk/sse`. */
export type { RetryOptions } from './backoff.ts';
export type { ConnectionState } from './connection-state.ts';
export { connectEventStream } from './event-stream.ts';
export type { EventStream, EventStreamOptions, StreamEvent } from './event-stream.ts';
export { sse } from './sse-transport.ts';
export type { Link, Transport } from './transport.ts';
