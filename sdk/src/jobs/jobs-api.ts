/** The job calls: create, get, list, cancel, retry. */
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import { fieldsOf } from '../protocol/fold-keys.ts';
import { firstText, listOf } from '../protocol/read-fields.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { foldStatus } from '../protocol/job-status.ts';
import type { JobStatus } from '../protocol/job-status.ts';
import { parseJobSnapshot } from '../protocol/parse-job-snapshot.ts';
import type { CreateJobRequest } from './create-request.ts';

export interface CallOptions {
  /** Aborts the call; it rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface CreateOptions extends CallOptions {
  /** The same key never makes a second job, so a repeated call is safe. @defaultValue a random one per call */
  idempotencyKey?: string;
}

export interface CreatedJob {
  jobId: string;
  status: JobStatus;
  correlationId: string;
}

export interface CancelResult {
  jobId: string;
  /** State at the moment of the answer; the stream says when the job has really stopped. */
  currentStatus: JobStatus;
  message: string;
}

export interface RetriedJob {
  /** The new job. */
  jobId: string;
  /** The failed job, which stays as it is. */
  retryOf: string;
}

/** `client.jobs`. */
export class JobsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * Starts a job and returns its id as soon as the server has stored it.
   *
   * @throws {InvalidInputError} names the wrong field; {@link RateLimitedError}, {@link AccessDeniedError}
   * @example const { jobId } = await client.jobs.create({ brief: { topic: 'How tides work' } });
   */
  async create(
    request: CreateJobRequest,
    { signal, idempotencyKey = randomKey() }: CreateOptions = {},
  ): Promise<CreatedJob> {
    const headers = { 'idempotency-key': idempotencyKey };
    const answer = await this.#http.request('/api/jobs', { method: 'POST', body: request, headers, signal });
    const fields = fieldsOf(answer);
    return {
      jobId: readJobId(answer),
      status: foldStatus(fields.status) ?? 'Queued',
      correlationId: firstText(fields.correlationId),
    };
  }

  /** The job's state now. @throws {JobNotFoundError} */
  async get(jobId: string, { signal }: CallOptions = {}): Promise<JobSnapshot> {
    return readJob(await this.#http.request(jobPath(jobId), { signal }), jobId);
  }

  /** The caller's jobs, newest first. @param options.limit at most this many, 50 by default */
  async list({ signal, limit }: CallOptions & { limit?: number } = {}): Promise<JobSnapshot[]> {
    const path = limit === undefined ? '/api/jobs' : `/api/jobs?limit=${limit}`;
    const answer = await this.#http.request(path, { signal });
    return listOf(Array.isArray(answer) ? answer : fieldsOf(answer).jobs).map((job) => parseJobSnapshot(job));
  }

  /**
   * Asks the server to stop a job. The job has stopped only when the stream or `get` says so.
   *
   * @throws {NotCancellableError} the job has ended already; {@link JobNotFoundError}
   */
  async cancel(jobId: string, { signal }: CallOptions = {}): Promise<CancelResult> {
    const fields = fieldsOf(await this.#http.request(`${jobPath(jobId)}/cancel`, { method: 'POST', signal }));
    return {
      jobId,
      currentStatus: foldStatus(fields.currentStatus) ?? 'Running',
      message: firstText(fields.message),
    };
  }

  /**
   * Makes a new job from a failed one; stages that were finished are not done again.
   *
   * @throws {NotRetryableError} the job has not failed; {@link JobNotFoundError}
   */
  async retry(jobId: string, { signal }: CallOptions = {}): Promise<RetriedJob> {
    const headers = { 'idempotency-key': randomKey() };
    const answer = await this.#http.request(`${jobPath(jobId)}/retry`, { method: 'POST', headers, signal });
    return { jobId: readJobId(answer), retryOf: firstText(fieldsOf(answer).retryOf, jobId) };
  }
}

/**
 * Path of a job. Its id cannot leave its place in the path.
 *
 * @throws {InvalidInputError} an id that a URL would take for a folder, or none at all
 */
export function jobPath(jobId: string): string {
  if (/^\.{0,2}$/.test(jobId)) {
    throw new InvalidInputError(`"${jobId}" is no job id. Give the one that create() returned.`, {
      code: 'InvalidInput',
    });
  }
  return `/api/jobs/${encodeURIComponent(jobId)}`;
}

/** @throws {ProtocolError} the answer is not about a job */
export function readJob(answer: unknown, jobId: string): JobSnapshot {
  const { status } = fieldsOf(answer);
  if (typeof status === 'string') return parseJobSnapshot(answer, jobId);
  throw new ProtocolError(`The answer for job ${jobId} has no status, so it is not a job.`, { code: 'InvalidAnswer' });
}

/** @throws {ProtocolError} the answer names no job */
function readJobId(answer: unknown): string {
  const fields = fieldsOf(answer);
  const jobId = firstText(fields.jobId, fields.id);
  if (jobId) return jobId;
  throw new ProtocolError('The server accepted the job but did not say its id.', { code: 'InvalidAnswer' });
}

// `crypto.randomUUID` is missing on plain-http pages.
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}
