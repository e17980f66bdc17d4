/** Makes the memory of a page's jobs. */
import { JobMemory } from './job-memory.ts';
import type { JobWatching } from './job-memory.ts';
import { JobShelf } from './job-shelf.ts';
import type { JobStorage } from './job-shelf.ts';

export interface RememberOptions {
  /** @defaultValue `localStorage`; where it is missing, full or forbidden, jobs are remembered until the page is closed */
  storage?: JobStorage;
  /** Beginning of the names in storage: one for each backend and user. @defaultValue `'aura-jobs'` */
  key?: string;
}

/**
 * Remembers which jobs a page watches, with the id of the newest event; neither payloads nor tokens. After a reload, or
 * in another tab, the same jobs are found again (AC-59).
 *
 * @example
 * const memory = rememberJobs(client);
 * for (const watcher of memory.restore()) show(watcher);
 * button.onclick = async () => show(memory.add((await client.jobs.create(request)).jobId));
 */
export function rememberJobs(client: JobWatching, { storage, key = 'aura-jobs' }: RememberOptions = {}): JobMemory {
  return new JobMemory(client, new JobShelf(key, storage));
}
