/** The guide's own functions, on one default client that `configure` sets up. */
import type { AuraError } from '../errors/aura-error.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import type { CreateJobRequest } from './create-request.ts';
import { AuraClient } from './job-client.ts';
import type { AuraClientOptions } from './job-client.ts';
import type { CancelResult, CreatedJob, CreateOptions, RetriedJob } from './jobs-api.ts';

let shared: AuraClient | undefined;

/**
 * Sets up the client that the functions of this file use. Without it they talk to the page's own origin.
 *
 * @example configure({ baseUrl: 'https://video.example.com', getToken: () => session.token });
 */
export function configure(options: AuraClientOptions): void {
  shared = new AuraClient(options);
}

/** The client behind these functions. */
export function defaultClient(): AuraClient {
  return (shared ??= new AuraClient());
}

/**
 * Calls `onEvent` for each event of a job: the current state first, then live, over any number of reconnects, up to the
 * terminal event. All subscriptions to a job share one connection.
 *
 * @param onError each failed attempt and each event that could not be read; the subscription goes on unless the error
 * is not `retryable`. A server's own `error` event is an event, not an error (C-04).
 * @returns a function that ends the subscription; no callback runs after it
 * @example const unsubscribe = subscribeToJobEvents(jobId, (event) => console.log(event.type, event.data));
 */
export function subscribeToJobEvents(
  jobId: string,
  onEvent: (event: JobEvent) => void,
  onError?: (error: AuraError) => void,
): () => void {
  return defaultClient().subscribe(jobId, { onEvent, ...(onError && { onError }) });
}

/** Starts a job. See {@link JobsApi.create}. */
export function createJob(request: CreateJobRequest, options?: CreateOptions): Promise<CreatedJob> {
  return defaultClient().jobs.create(request, options);
}

/** A job's state now. See {@link JobsApi.get}. */
export function getJob(jobId: string): Promise<JobSnapshot> {
  return defaultClient().jobs.get(jobId);
}

/** Asks the server to stop a job. @throws {NotCancellableError} it has ended already */
export function cancelJob(jobId: string): Promise<CancelResult> {
  return defaultClient().jobs.cancel(jobId);
}

/** Makes a new job from a failed one. @throws {NotRetryableError} it has not failed */
export function retryJob(jobId: string): Promise<RetriedJob> {
  return defaultClient().jobs.retry(jobId);
}
