/** Watchers of some jobs as one external store: they run while somebody listens. */
import type { AuraClient } from '../jobs/job-client.ts';
import type { JobWatcher } from '../jobs/job-watcher.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import type { ConnectionState } from '../sse/connection-state.ts';

/** What `useJob` returns; the same object until something changes. */
export interface JobView {
  /** `null` until the first answer. */
  readonly job: JobSnapshot | null;
  readonly connection: ConnectionState;
  /** Tries again now, after `failed` or in the middle of a wait. */
  reconnect(): void;
}

export interface JobsStore {
  /** The view of a job that nobody watches. */
  readonly nothing: JobView;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => readonly JobView[];
}

/** @internal The views are read before anybody listens, too: then nothing is known yet, and nothing is connected. */
export function jobStore(client: AuraClient, jobIds: readonly string[]): JobsStore {
  const nothing: JobView = { job: null, connection: { status: 'connecting' }, reconnect: () => {} };
  let views: readonly JobView[] = jobIds.map(() => nothing);
  return {
    nothing,
    subscribe(listener) {
      const all = client.watchAll(jobIds);
      const watchers = jobIds.map((jobId) => all.watchers.find((watcher) => watcher.jobId === jobId)!);
      const update = (watcher: JobWatcher, index: number): void => {
        const { snapshot: job, connection } = watcher;
        const known = views[index]!;
        if (known.job === job && known.connection === connection) return;
        views = views.with(index, { job, connection, reconnect: () => watcher.reconnect() });
        listener();
      };
      watchers.forEach((watcher, index) => {
        watcher.subscribe(() => update(watcher, index));
        update(watcher, index);
      });
      return () => {
        all.close();
      };
    },
    read: () => views,
  };
}
