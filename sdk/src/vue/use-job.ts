/** A job's state in a Vue component. */
import { shallowRef, toValue, watchPostEffect } from 'vue';
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
 * @param jobId an id, a ref or a getter of one; `null` or `''` for none
 * @param client @defaultValue the client that `configure` has set up
 * @example const { job, connection } = useJob(() => props.jobId);
 */
export function useJob(jobId: MaybeRefOrGetter<string | null>, client: AuraClient = defaultClient()): JobRefs {
  const job = shallowRef<JobSnapshot | null>(null);
  const connection = shallowRef<ConnectionState>({ status: 'connecting' });
  let watcher: JobWatcher | undefined;

  // An effect after the rendering runs in no server, where nobody would end it.
  watchPostEffect((onCleanup) => {
    const id = toValue(jobId);
    const watched = (watcher = id ? client.watch(id) : undefined);
    const update = (): void => {
      job.value = watched?.snapshot ?? null;
      connection.value = watched?.connection ?? { status: 'connecting' };
    };
    update();
    if (!watched) return;
    const leave = watched.subscribe(update);
    onCleanup(() => {
      leave();
      watched.close();
    });
  });
  return { job, connection, reconnect: () => watcher?.reconnect() };
}
