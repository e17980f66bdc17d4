/** The guide's React hook. */
import { useEffect, useRef } from 'react';
import { subscribeToJobEvents } from '../jobs/subscribe.ts';
import type { JobEvent } from '../protocol/job-events.ts';

/**
 * Calls `onEvent` for each event of a job while the component is mounted. The callback may change at every render: the
 * newest one is called and the connection stays.
 *
 * @param jobId the job; `null` or `''` for none
 * @example useJobProgress(jobId, (event) => { if (event.type === 'step-progress') setPercent(event.data.progressPct); });
 */
export function useJobProgress(jobId: string | null, onEvent: (event: JobEvent) => void): void {
  const newest = useRef(onEvent);
  useEffect(() => {
    newest.current = onEvent;
  });
  useEffect(() => (jobId ? subscribeToJobEvents(jobId, (event) => newest.current(event)) : undefined), [jobId]);
}
