/** What an engine is made of: all that a server keeps, shares with other processes, or hands out. */
import type { ArtifactLedger } from '../artifacts/artifact-ledger.ts';
import type { EventLog } from '../events/event-log.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { Rates } from '../limits/rate.ts';
import type { Slots } from '../limits/slots.ts';
import type { Outbox } from '../notifications/outbox.ts';

export interface Engine {
  readonly log: EventLog;
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly ledger: ArtifactLedger;
  readonly outbox: Outbox;
  readonly slots: Slots;
  readonly rate: Rates;
  /** The key that view tokens are signed with: the same for every process, and after every restart. */
  signingKey(): Promise<Uint8Array>;
  /** Called last. */
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Jobs that this process runs at the same time. */
  readonly concurrency: number;
  /** A handler threw: a fault of the program, since handlers report a job's failure themselves. */
  readonly onError: (error: unknown, jobId?: string) => void;
}
