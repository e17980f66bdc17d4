/** The folders that jobs work in, one for each. */
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class Workspaces {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  of(jobId: string): string {
    return join(this.#root, jobId);
  }

  /** Begins a job's folder with what another job has left in its own, if anything. */
  async copy(fromJobId: string, toJobId: string): Promise<void> {
    await cp(this.of(fromJobId), this.of(toJobId), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Jobs that have a folder. */
  async list(): Promise<string[]> {
    return readdir(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  async remove(jobId: string): Promise<void> {
    await rm(this.of(jobId), { recursive: true, force: true });
  }
}
