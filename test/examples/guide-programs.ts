/** The guide's sample programs. Only their import paths differ from the guide's. */
import { subscribeToJobEvents, cancelJob } from '@aura-jobs/sdk';

/** "Subscribing to Progress Updates", up to its cancel. */
export function subscribeSample(jobId: string): { cancel: () => Promise<unknown>; unsubscribe: () => void } {
  // Subscribe to progress
  const unsubscribe = subscribeToJobEvents(
    jobId,
    (event) => {
      switch (event.type) {
        case 'step-progress':
          console.log('Progress:', event.data.progressPct, '%');
          break;
        case 'job-completed':
          console.log('Job completed!', event.data.output);
          break;
        case 'job-failed':
          console.error('Job failed:', event.data.errorMessage);
          break;
      }
    },
    (error) => {
      console.error('Connection error:', error);
    },
  );
  return { cancel: () => cancelJob(jobId), unsubscribe };
}

/** "Multiple Concurrent Jobs". */
export function severalJobsSample(jobs: string[]): () => void {
  const unsubscribers = jobs.map((jobId) =>
    subscribeToJobEvents(jobId, (event) => {
      console.log(`Job ${jobId}:`, event.type, event.data);
    }),
  );
  return () => unsubscribers.forEach((unsub) => unsub());
}
