/** Takes away what is known of a job that has ended; its files are not touched. */
import type { EventHub } from '../events/event-hub.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Outbox } from '../notifications/outbox.ts';
import type { JobStore } from './job-store.ts';
import type { Workspaces } from './workspaces.ts';

export interface Traces {
  readonly store: JobStore;
  readonly log: EventLog;
  readonly hub: EventHub;
  readonly workspaces: Workspaces;
  readonly outbox?: Outbox | undefined;
}

/** The record before the log: a record without a log would be a job that has yet to begin. */
export async function forgetJob({ store, log, hub, workspaces, outbox }: Traces, jobId: string): Promise<void> {
  await workspaces.remove(jobId);
  await outbox?.remove(jobId);
  await store.remove(jobId);
  hub.forget(jobId);
  await log.remove(jobId);
}
