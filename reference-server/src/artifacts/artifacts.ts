/** The files that jobs made: where they lie and what is known of them, kept in step. */
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { Response } from 'express';
import type { ArtifactLedger, LedgerEntry, Usage } from './artifact-ledger.ts';
import type { ArtifactFile, ArtifactStore } from './artifact-store.ts';

export class Artifacts {
  readonly #store: ArtifactStore;
  readonly #ledger: ArtifactLedger;

  constructor(store: ArtifactStore, ledger: ArtifactLedger) {
    this.#store = store;
    this.#ledger = ledger;
  }

  /** Takes the files over, all or none. @returns what the events say about them */
  async publish(
    {
      id: jobId,
      ownerId,
      correlationId,
    }: { readonly id: string; readonly ownerId: string; readonly correlationId: string },
    files: readonly ArtifactFile[],
  ): Promise<Artifact[]> {
    const artifacts = await this.#store.publish(jobId, files);
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
  recent(ownerId: string | undefined, limit: number): Promise<LedgerEntry[]> {
    return this.#ledger.recent(ownerId, limit);
  }

  madeBefore(time: number, limit: number): Promise<string[]> {
    return this.#ledger.madeBefore(time, limit);
  }

  /** Files first: should one resist, it is still known to be there. */
  async remove(jobId: string): Promise<void> {
    await this.#store.remove(jobId);
    await this.#ledger.remove(jobId);
  }
}
