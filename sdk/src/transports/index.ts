/** Other ways for events to travel. Entry `@aura-jobs/sdk/transports`; a program that does not import it carries none of it. */
export { auto } from './auto.ts';
export type { AutoOptions } from './auto.ts';
export { longPolling } from './long-polling.ts';
export type { LongPollingOptions } from './long-polling.ts';
export { sse } from '../sse/sse-transport.ts';
export type { Link, Transport } from '../sse/transport.ts';
export { webSocket } from './web-socket.ts';
