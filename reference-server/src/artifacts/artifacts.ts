/** The files that jobs made: where they lie and what is known of them, kept in step. */
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { Response } from 'express';
import type { ArtifactLedger, LedgerEntry, Usage } from './artifact-ledger.ts';
import type { ArtifactFile, ArtifactStore } from './artifact-store.ts';
import { S3Fault } from './s3-fault.ts';

/** How long a cancel waits for a store that does not answer, in ms. */
const DISCARD_MS = 2000;

/** Whose files they are. */
interface Maker {
  readonly id: string;
  readonly ownerId: string;
  readonly correlationId: string;
}

export class Artifacts {
  readonly #store: ArtifactStore;
  readonly #ledger: ArtifactLedger;

  constructor(store: ArtifactStore, ledger: ArtifactLedger) {
    this.#store = store;
    this.#ledger = ledger;
  }

  /** Takes the files over, all or none. @returns what the events say about them */
  async publish(
    { id: jobId, ownerId, correlationId }: Maker,
    files: readonly ArtifactFile[],
    signal?: AbortSignal,
  ): Promise<Artifact[]> {
    const artifacts = await this.#store.publish(jobId, files, signal);
    await this.#ledger.put({ jobId, ownerId, correlationId, madeAt: Date.now(), artifacts });
    return artifacts;
  }

  /** What a job has left. */
  of(jobId: string): Promise<LedgerEntry | undefined> {
    return this.#ledger.get(jobId);
  }

  /** Answers a request for a file that the ledger names. @returns false when it is gone */
  send({ jobId }: LedgerEntry, { name }: Artifact, response: Response): Promise<boolean> {
    return this.#store.send(jobId, name, response);
  }

  /** @throws when nothing can be stored */
  check(): Promise<void> {
    return this.#store.check();
  }

  usageOf(ownerId: string): Promise<Usage> {
    return this.#ledger.usageOf(ownerId);
  }

  /** The owner's newest, or everybody's. */
  async recent(ownerId: string | undefined, limit: number): Promise<LedgerEntry[]> {
    return (await this.#ledger.recent(ownerId, limit)).filter(({ artifacts }) => artifacts.length > 0);
  }

  madeBefore(time: number, limit: number): Promise<string[]> {
    return this.#ledger.madeBefore(time, limit);
  }

  /** Files first: should one resist, it is still known to be there. */
  async remove(jobId: string): Promise<void> {
    await this.#store.remove(jobId);
    await this.#ledger.remove(jobId);
  }

  /**
   * Takes away what a job has left that came to nothing. A store that is away must not keep its end back: nobody finds
   * the files any more, and the sweep removes them when their time has come.
   */
  async discard({ id: jobId, ownerId, correlationId }: Maker): Promise<void> {
    try {
      await this.#store.remove(jobId, AbortSignal.timeout(DISCARD_MS));
    } catch (error) {
      if (!(error instanceof S3Fault)) throw error;
      return this.#ledger.put({ jobId, ownerId, correlationId, madeAt: Date.now(), artifacts: [] });
    }
    await this.#ledger.remove(jobId);
  }
}
