/** Where a list gets its jobs from: a client, or anything that behaves like one. */
import type { JobsApi, JobsWatcher } from '@aura-jobs/sdk';
import type { JobSource, JobView } from '../shared/job-source.ts';

/** What a list uses of a `JobsWatcher`. */
export interface JobsView extends Pick<JobsWatcher, 'subscribe' | 'close'> {
  readonly watchers: readonly (Pick<JobView, 'snapshot' | 'connection'> & { readonly jobId: string })[];
}

/** What a list uses of an `AuraClient`. */
export interface JobListSource extends JobSource {
  watchAll(jobIds: readonly string[]): JobsView;
  readonly jobs: Pick<JobsApi, 'cancel' | 'retry' | 'list' | 'cancelMany' | 'delete'>;
}
