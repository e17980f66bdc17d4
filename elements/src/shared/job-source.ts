/** Where an element gets its job from: a client, or anything that behaves like one. */
import { AuraClient, defaultClient } from '@aura-jobs/sdk';
import type { FileTicket, JobsApi, JobWatcher } from '@aura-jobs/sdk';

/** What an element uses of a `JobWatcher`. */
export type JobView = Pick<JobWatcher, 'snapshot' | 'connection' | 'subscribe' | 'reconnect' | 'close'>;

/** What an element uses of an `AuraClient`. */
export interface JobSource {
  watch(jobId: string): JobView;
  url(path: string, ticket?: FileTicket | null): string | null;
  /** Without `ticket`, files are there for everybody who knows their addresses, or for those with a cookie. */
  readonly jobs: Pick<JobsApi, 'cancel' | 'retry'> & Partial<Pick<JobsApi, 'ticket'>>;
}

/** The host's own client, else that of its base URL, else what a provider around it gives. */
export function sourceFor(
  { client, baseUrl }: { client: JobSource | undefined; baseUrl: string },
  provided: JobSource | undefined,
): JobSource {
  return client ?? (baseUrl ? clientFor(baseUrl) : (provided ?? clientFor('')));
}

const clients = new Map<string, AuraClient>();

/**
 * The client that all elements with this base URL share, so that a job has one connection per page; without a URL the
 * one that the page has set up with `configure`.
 */
export function clientFor(baseUrl: string): JobSource {
  if (!baseUrl) return defaultClient();
  const key = baseUrl.replace(/\/+$/, '');
  let client = clients.get(key);
  if (!client) clients.set(key, (client = new AuraClient({ baseUrl: key })));
  return client;
}
