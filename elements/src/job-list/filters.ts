/** The order of a list, and the states by which it can be filtered. */
import type { JobSnapshot, JobStatus } from '@aura-jobs/sdk';

/** States that a person can choose. */
export const FILTERS = ['All', 'Running', 'Queued', 'Succeeded', 'Failed', 'Canceled'] as const;

export type JobFilter = (typeof FILTERS)[number];

/** A paused job is counted as one at work. */
export function matches({ status }: JobSnapshot, filter: JobFilter): boolean {
  return filter === 'All' || filter === (status === 'Paused' ? 'Running' : status);
}

/** Running first, then queued, then ended; the newest first in each. */
export function inOrder(jobs: Iterable<JobSnapshot>): JobSnapshot[] {
  return [...jobs].sort((a, b) => rank(a) - rank(b) || newest(a, b));
}

/** Ids of those of which something can be asked in their state, and is not asked yet. */
export function askable(
  jobs: readonly JobSnapshot[],
  pending: ReadonlySet<string>,
  can: (status: JobStatus) => boolean,
): string[] {
  return jobs.flatMap(({ jobId, status }) => (can(status) && !pending.has(jobId) ? jobId : []));
}

function rank(job: JobSnapshot): number {
  return matches(job, 'Running') ? 0 : job.status === 'Queued' ? 1 : 2;
}

function newest(a: JobSnapshot, b: JobSnapshot): number {
  const [first, second] = [a.createdAt ?? '', b.createdAt ?? ''];
  return first === second ? 0 : first < second ? 1 : -1;
}
