/** Which files there are, whose they are and since when: outlives the events that told of them. Implemented by each engine. */
import type { Artifact } from '@aura-jobs/sdk/protocol';

export interface LedgerEntry {
  readonly jobId: string;
  readonly ownerId: string;
  readonly correlationId: string;
  /** Unix milliseconds. */
  readonly madeAt: number;
  readonly artifacts: readonly Artifact[];
}

export interface Usage {
  readonly bytes: number;
  /** When the oldest files were made, in Unix milliseconds; 0 when there are none. */
  readonly oldestAt: number;
}

export interface ArtifactLedger {
  /** Takes the place of the job's earlier entry. */
  put(entry: LedgerEntry): Promise<void>;
  get(jobId: string): Promise<LedgerEntry | undefined>;
  remove(jobId: string): Promise<void>;
  usageOf(ownerId: string): Promise<Usage>;
  /** The owner's entries, or everybody's, newest first. */
  recent(ownerId: string | undefined, limit: number): Promise<LedgerEntry[]>;
  /** Jobs whose files are older than that, oldest first. */
  madeBefore(time: number, limit: number): Promise<string[]>;
}
