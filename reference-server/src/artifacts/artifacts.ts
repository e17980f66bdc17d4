/** The files that jobs made: where they lie and what is known of them, kept in step. */
import type { Artifact } from '@aura-jobs/sdk/protocol';
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

  /** Path of a file. Only what the ledger names is looked for, so a name cannot lead anywhere else (AC-64). */
  async locate(
    { jobId, artifacts }: LedgerEntry,
    name: string,
  ): Promise<{ artifact: Artifact; file: string } | undefined> {
    const artifact = artifacts.find((known) => known.name === name);
    const file = artifact && (await this.#store.locate(jobId, name));
    return file === undefined ? undefined : { artifact: artifact!, file };
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
