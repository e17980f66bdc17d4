/** A job's state as a signal. */
import { effect, inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { CLIENT } from './client';

/** Follows the job until the component ends; `null` until the first answer. */
export function watchJob(jobId: Signal<string>): Signal<JobSnapshot | null> {
  const client = inject(CLIENT);
  const job = signal<JobSnapshot | null>(null);
  effect((onCleanup) => {
    const watcher = client.watch(jobId());
    job.set(watcher.snapshot);
    watcher.subscribe(() => job.set(watcher.snapshot));
    onCleanup(() => watcher.close());
  });
  return job;
}
