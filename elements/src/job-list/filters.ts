/** The order of a list, and the states by which it can be filtered. */
import { isCancellable } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';

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

/** Ids of those that can still be cancelled. */
export function cancellable(jobs: readonly JobSnapshot[], pending: ReadonlySet<string>): string[] {
  return jobs.flatMap(({ jobId, status }) => (isCancellable(status) && !pending.has(jobId) ? jobId : []));
}

function rank(job: JobSnapshot): number {
  return matches(job, 'Running') ? 0 : job.status === 'Queued' ? 1 : 2;
}

function newest(a: JobSnapshot, b: JobSnapshot): number {
  const [first, second] = [a.createdAt ?? '', b.createdAt ?? ''];
  return first === second ? 0 : first < second ? 1 : -1;
}
