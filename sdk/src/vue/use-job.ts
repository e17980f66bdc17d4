/** A job's state in a Vue component. */
import { onScopeDispose, shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { AuraClient } from '../jobs/job-client.ts';
import type { JobWatcher } from '../jobs/job-watcher.ts';
import { defaultClient } from '../jobs/subscribe.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import type { ConnectionState } from '../sse/connection-state.ts';

export interface JobRefs {
  /** `null` until the first answer. */
  readonly job: Readonly<ShallowRef<JobSnapshot | null>>;
  readonly connection: Readonly<ShallowRef<ConnectionState>>;
  /** Tries again now, after `failed` or in the middle of a wait. */
  reconnect(): void;
}

/**
 * Follows a job until the component (or the effect scope) ends. All readers of a job share one connection.
 *
 * @param jobId an id, a ref or a getter of one; `null` for none
 * @param client @defaultValue the client that `configure` has set up
 * @example const { job, connection } = useJob(() => props.jobId);
 */
export function useJob(jobId: MaybeRefOrGetter<string | null>, client: AuraClient = defaultClient()): JobRefs {
  const job = shallowRef<JobSnapshot | null>(null);
  const connection = shallowRef<ConnectionState>({ status: 'connecting' });
  let watcher: JobWatcher | undefined;

  function update(): void {
    if (!watcher) return;
    job.value = watcher.snapshot;
    connection.value = watcher.connection;
  }

  function close(): void {
    watcher?.close();
    watcher = undefined;
  }

  watch(
    () => toValue(jobId),
    (id) => {
      close();
      job.value = null;
      if (id === null) return;
      watcher = client.watch(id);
      watcher.subscribe(update);
      update();
    },
    { immediate: true },
  );
  onScopeDispose(close);
  return { job, connection, reconnect: () => watcher?.reconnect() };
}
