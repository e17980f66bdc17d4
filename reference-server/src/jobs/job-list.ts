/** A list of an owner's jobs, page by page. */
import type { JobStatus } from '@aura-jobs/sdk/protocol';
import type { JobResource } from './job-resource.ts';
import { UnknownPositionError } from './job-store.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { ServiceError } from './service-error.ts';

/** Jobs that are looked at for one page: a status is known from a job's events alone, and reading them takes time. */
const LOOKED_AT = 500;

export interface ListRequest {
  readonly limit: number;
  /** From the page before. */
  readonly cursor?: string | undefined;
  /** Only jobs in one of these. */
  readonly statuses?: ReadonlySet<JobStatus> | undefined;
}

export interface JobPage {
  readonly jobs: readonly JobResource[];
  /** `null` when there are no more. A page with few jobs or none may have a next one. */
  readonly nextCursor: string | null;
}

/**
 * Newest first.
 *
 * @throws {ServiceError} `InvalidInput` when the cursor is of no page before
 */
export async function pageOfJobs(
  store: JobStore,
  ownerId: string | undefined,
  { limit, cursor, statuses }: ListRequest,
  toResource: (record: JobRecord) => Promise<JobResource>,
): Promise<JobPage> {
  const enough = statuses ? LOOKED_AT : limit;
  // One more than enough tells whether there is a next page.
  const listed = await store.list(ownerId, { after: cursor, limit: enough + 1 }).catch(refuseCursor);
  const jobs: JobResource[] = [];
  let seen = 0;
  while (jobs.length < limit && seen < Math.min(enough, listed.length)) {
    const part = listed.slice(seen, Math.min(seen + limit - jobs.length, enough));
    const resources = await Promise.all(part.map(({ record }) => toResource(record)));
    jobs.push(...resources.filter(({ status }) => !statuses || statuses.has(status)));
    seen += part.length;
  }
  return { jobs, nextCursor: seen < listed.length ? listed[seen - 1]!.position : null };
}

function refuseCursor(error: unknown): never {
  if (!(error instanceof UnknownPositionError)) throw error;
  throw new ServiceError('InvalidInput', 'cursor: must be the nextCursor of the page before.', { field: 'cursor' });
}
