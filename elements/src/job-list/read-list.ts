/** Reads what a server lists, page by page. */
import type { JobList, JobSnapshot } from '@aura-jobs/sdk';

/**
 * @param most jobs after which no further page is asked for
 * @param take called for each job
 * @returns the ids of all that were read
 */
export async function readList(list: JobList, most: number, take: (job: JobSnapshot) => void): Promise<Set<string>> {
  // As a promise it is of no interest here.
  list.catch(() => {});
  const found = new Set<string>();
  for await (const job of list) {
    found.add(job.jobId);
    take(job);
    if (found.size >= most) break;
  }
  return found;
}
