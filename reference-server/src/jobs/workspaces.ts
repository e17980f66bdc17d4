/** The folders that jobs work in, one for each. */
import { cp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endOrphans } from '../pipeline/orphan.ts';

/** What is being copied is not there yet. */
const PARTIAL = '.partial';

export class Workspaces {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  of(jobId: string): string {
    return join(this.#root, jobId);
  }

  /**
   * Begins a job's folder with what another job has left in its own, if anything: all of it or nothing, since half a
   * file beside its checkpoint would be taken for a whole one.
   */
  async copy(fromJobId: string, toJobId: string): Promise<void> {
    const partial = this.of(toJobId) + PARTIAL;
    await this.#delete(toJobId);
    try {
      await cp(this.of(fromJobId), partial, { recursive: true });
      await rename(partial, this.of(toJobId));
    } catch (error) {
      // The other job may be deleted meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await this.#delete(toJobId);
    }
  }

  /** Jobs that have a folder. */
  async list(): Promise<string[]> {
    const names = await readdir(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.map((name) => (name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name));
  }

  /** Also ends what still works there: a program that has outlived its server. */
  async remove(jobId: string): Promise<void> {
    await endOrphans(this.of(jobId));
    await this.#delete(jobId);
  }

  async #delete(jobId: string): Promise<void> {
    const folder = this.of(jobId);
    await rm(folder, { recursive: true, force: true });
    await rm(folder + PARTIAL, { recursive: true, force: true });
  }
}
