/** A job's state in a React component. */
import { useMemo, useSyncExternalStore } from 'react';
import type { AuraClient } from '../jobs/job-client.ts';
import { defaultClient } from '../jobs/subscribe.ts';
import { jobStore } from './job-store.ts';
import type { JobView } from './job-store.ts';

/**
 * Follows a job while the component is mounted. All readers of a job share one connection.
 *
 * @param jobId the job; `null` or `''` for none
 * @param client @defaultValue the client that `configure` has set up
 * @example const { job, connection } = useJob(jobId);
 */
export function useJob(jobId: string | null, client: AuraClient = defaultClient()): JobView {
  const store = useMemo(() => jobStore(client, jobId ? [jobId] : []), [client, jobId]);
  const [view] = useSyncExternalStore(store.subscribe, store.read, store.read);
  return view ?? store.nothing;
}

/**
 * Follows several jobs; views in the order of the ids.
 *
 * @example const views = useJobs(['job-1', 'job-2']);
 */
export function useJobs(jobIds: readonly string[], client: AuraClient = defaultClient()): readonly JobView[] {
  const key = jobIds.join('\n');
  // The list may be a new array at each render; what it holds decides.
  const store = useMemo(() => jobStore(client, key === '' ? [] : key.split('\n')), [client, key]);
  return useSyncExternalStore(store.subscribe, store.read, store.read);
}
