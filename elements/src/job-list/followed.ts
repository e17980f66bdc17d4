/** Which jobs of a list are worth a connection. */
import { isAuraError, isTerminal } from '@aura-jobs/sdk';
import type { ConnectionState, JobSnapshot } from '@aura-jobs/sdk';

/** Those that have not ended, and those of which nothing is known yet. */
export function toFollow(jobs: ReadonlyMap<string, JobSnapshot>, jobIds: readonly string[]): string[] {
  const going = [...jobs.values()].filter(({ status }) => !isTerminal(status)).map(({ jobId }) => jobId);
  return [...new Set([...going, ...jobIds.filter((id) => !jobs.has(id))])];
}

/** The server does not know this job any more, which says nothing of the others. */
export function isGone(connection: ConnectionState): boolean {
  return connection.status === 'failed' && isAuraError(connection.error) && connection.error.code === 'JobNotFound';
}
