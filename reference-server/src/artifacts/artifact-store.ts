/** Keeps the files that jobs made. */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '@aura-jobs/sdk/protocol';

/** A file a pipeline left in its workspace. */
export interface ArtifactFile {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** MIME type. */
  readonly type: string;
}

export interface ArtifactStore {
  /** Takes the files over, all or none. @returns what the events say about them */
  publish(jobId: string, files: readonly ArtifactFile[]): Promise<Artifact[]>;
  /** Path of a stored file, or `undefined`. */
  locate(jobId: string, name: string): Promise<string | undefined>;
  remove(jobId: string): Promise<void>;
}

/** Artifacts in one folder per job on a local disk. Names come from the pipeline; those asked for are checked by the route. */
export class LocalArtifactStore implements ArtifactStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async publish(jobId: string, files: readonly ArtifactFile[]): Promise<Artifact[]> {
    const folder = join(this.#root, jobId);
    // A half-published folder of a process that died is thrown away; its files are still in the workspace.
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const artifacts: Artifact[] = [];
    for (const { name, file, type } of files) {
      // A clone where the file system can: the workspace stays whole until the job has ended.
      await copyFile(file, join(partial, name), constants.COPYFILE_FICLONE);
      const { size } = await stat(join(partial, name));
      artifacts.push({ name, path: `/artifacts/${jobId}/${encodeURIComponent(name)}`, type, sizeBytes: size });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return artifacts;
  }

  async locate(jobId: string, name: string): Promise<string | undefined> {
    const file = join(this.#root, jobId, name);
    return access(file, constants.R_OK).then(
      () => file,
      () => undefined,
    );
  }

  async remove(jobId: string): Promise<void> {
    await rm(join(this.#root, jobId), { recursive: true, force: true });
    await rm(join(this.#root, `${jobId}.partial`), { recursive: true, force: true });
  }
}
