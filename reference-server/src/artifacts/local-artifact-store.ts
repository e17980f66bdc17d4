/** Artifacts in one folder per job, on a disk of this machine or one that is shared. */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { Response } from 'express';
import { artifactPath } from './artifact-store.ts';
import type { ArtifactFile, ArtifactStore } from './artifact-store.ts';

export class LocalArtifactStore implements ArtifactStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async publish(jobId: string, files: readonly ArtifactFile[], signal?: AbortSignal): Promise<Artifact[]> {
    const folder = join(this.#root, jobId);
    // A half-published folder of a process that died is thrown away; its files are still in the workspace.
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const artifacts: Artifact[] = [];
    for (const { name, file, type } of files) {
      signal?.throwIfAborted();
      // A clone where the file system can: the workspace stays whole until the job has ended.
      await copyFile(file, join(partial, name), constants.COPYFILE_FICLONE);
      const { size } = await stat(join(partial, name));
      artifacts.push({ name, path: artifactPath(jobId, name), type, sizeBytes: size });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return artifacts;
  }

  async send(jobId: string, name: string, response: Response): Promise<boolean> {
    const file = join(this.#root, jobId, name);
    const there = await access(file, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!there) return false;
    await new Promise<void>((resolve, reject) => {
      response.sendFile(file, { dotfiles: 'allow', cacheControl: false }, (error) => {
        // A reader that goes away, as every video player does when it seeks, is no fault.
        if (error && (error as NodeJS.ErrnoException).code !== 'ECONNABORTED') reject(error);
        else resolve();
      });
    });
    return true;
  }

  async remove(jobId: string): Promise<void> {
    await rm(join(this.#root, jobId), { recursive: true, force: true });
    await rm(join(this.#root, `${jobId}.partial`), { recursive: true, force: true });
  }

  /** The data folder is looked at as a whole. */
  async check(): Promise<void> {}
}
