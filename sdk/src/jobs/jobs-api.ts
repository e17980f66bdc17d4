/** The job calls: create, get, list, cancel, pause, resume, retry, delete, logs, artifacts. */
import type { AuraError } from '../errors/aura-error.ts';
import { NotCancellableError } from '../errors/not-cancellable-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { CallOptions, HttpClient } from '../http/http-client.ts';
import { fieldsOf } from '../protocol/fold-keys.ts';
import type { Fields } from '../protocol/fold-keys.ts';
import type { Artifact } from '../protocol/job-events.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { foldStatus, isTerminal } from '../protocol/job-status.ts';
import type { JobStatus } from '../protocol/job-status.ts';
import { parseJobSnapshot } from '../protocol/parse-job-snapshot.ts';
import { firstNumber, firstText, readList } from '../protocol/read-fields.ts';
import type { CreateJobRequest } from './create-request.ts';
import { jobPath } from './job-path.ts';

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

/** What became of one job of a batch. */
export interface BatchCancelResult extends CancelResult {
  /** Whether the server will stop it; if not, `message` and `code` say why. */
  accepted: boolean;
  code: string | null;
}

export interface ListOptions extends CallOptions {
  /** Jobs in one answer. @defaultValue 50 */
  limit?: number;
  /** Only these jobs; those that do not exist are left out. */
  ids?: readonly string[];
  /** Only jobs in one of these states. */
  status?: JobStatus | readonly JobStatus[];
}

/** Opens the files of one job, and for a short time, to what cannot send a header: a player, a link. */
export interface FileTicket {
  token: string;
  /** How long it opens them from now on, in seconds. */
  expiresInSeconds: number;
}

/** The newest jobs as a promise, all of them as an iterator that asks for page after page. */
export type JobList = Promise<JobSnapshot[]> & AsyncIterable<JobSnapshot>;

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
  async create(body: CreateJobRequest, options: CreateOptions = {}): Promise<CreatedJob> {
    const { idempotencyKey = randomKey() } = options;
    const answer = fieldsOf(await this.#http.request('POST', '/api/jobs', options, { body, idempotencyKey }));
    const { status, correlationId } = answer;
    return {
      jobId: readJobId(answer),
      status: foldStatus(status) ?? 'Queued',
      correlationId: firstText(correlationId),
    };
  }

  /** The job's state now. @throws {JobNotFoundError} */
  async get(jobId: string, options?: CallOptions): Promise<JobSnapshot> {
    return readJob(await this.#http.request('GET', jobPath(jobId), options), jobId);
  }

  /**
   * The caller's jobs, newest first.
   *
   * @example
   * const newest = await client.jobs.list({ limit: 5 });
   * for await (const job of client.jobs.list({ status: 'Failed' })) console.log(job.title);
   */
  list({ limit, ids, status, ...options }: ListOptions = {}): JobList {
    const readPage = async (cursor?: unknown): Promise<[JobSnapshot[], unknown]> => {
      const query = Object.entries({ limit, ids, status, cursor }).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
      );
      const path = query.length ? `/api/jobs?${query.join('&')}` : '/api/jobs';
      const answer = await this.#http.request('GET', path, options);
      const { jobs = answer, nextCursor } = fieldsOf(answer);
      return [readList(jobs, (job) => parseJobSnapshot(job)), nextCursor];
    };
    const first = readPage();
    const newest = first.then(([jobs]) => jobs);
    return Object.assign(newest, {
      async *[Symbol.asyncIterator]() {
        // Who iterates hears of a failure here, and nobody waits for the promise itself.
        await newest;
        for (let page = await first; ; page = await readPage(page[1])) {
          yield* page[0];
          if (!page[1]) return;
        }
      },
    });
  }

  /**
   * Asks the server to stop a job. The job has stopped only when the stream or `get` says so.
   *
   * @throws {NotCancellableError} the job has ended already; {@link JobNotFoundError}
   */
  async cancel(jobId: string, options?: CallOptions): Promise<CancelResult> {
    const cancelled = this.#http.request('POST', jobPath(jobId, '/cancel'), options).catch(async (error: AuraError) => {
      // Some backends fail where they should refuse; the job itself knows whether it has ended.
      if (error.status !== 500) throw error;
      const { status: currentStatus } = await this.get(jobId, options);
      if (!isTerminal(currentStatus)) throw error;
      throw new NotCancellableError(error.message, {
        ...error,
        code: 'NotCancellable',
        retryable: false,
        problem: { currentStatus },
      });
    });
    return readCancel({ ...fieldsOf(await cancelled), jobId });
  }

  /**
   * Asks the server to stop several jobs; each is decided by itself.
   *
   * @example const left = (await client.jobs.cancelMany(ids)).filter(({ accepted }) => !accepted);
   */
  async cancelMany(jobIds: readonly string[], options?: CallOptions): Promise<BatchCancelResult[]> {
    const answer = await this.#http.request('POST', '/api/jobs/cancel', options, { body: { jobIds } });
    return readList(fieldsOf(answer).results, (item) => {
      const result = fieldsOf(item);
      return { ...readCancel(result), accepted: result.status === 202, code: firstText(result.code) || null };
    });
  }

  /**
   * Asks the server to put a running job down, where it allows that; `Paused` comes by the stream or `get`. Asking again is no fault.
   *
   * @throws {AuraError} with code `NotPausable` where the job does not run; {@link JobNotFoundError}, also where the server never pauses
   * @example await client.jobs.pause(jobId);
   */
  async pause(jobId: string, options?: CallOptions): Promise<void> {
    await this.#http.request('POST', jobPath(jobId, '/pause'), options);
  }

  /** Lets a paused job go on after its last finished stage. @throws {AuraError} with code `NotResumable`; {@link JobNotFoundError} */
  async resume(jobId: string, options?: CallOptions): Promise<void> {
    await this.#http.request('POST', jobPath(jobId, '/resume'), options);
  }

  /**
   * Makes a new job from a failed one; stages that were finished are not done again.
   *
   * @throws {NotRetryableError} the job has not failed; {@link JobNotFoundError}
   */
  async retry(jobId: string, options: CreateOptions = {}): Promise<RetriedJob> {
    const { idempotencyKey = randomKey() } = options;
    const answer = fieldsOf(await this.#http.request('POST', jobPath(jobId, '/retry'), options, { idempotencyKey }));
    if (answer.jobId === jobId) {
      // Some backends say the old id: the new job is the newest one that has inherited its correlation.
      const jobs = await this.list(options);
      const { correlationId } = jobs.find((job) => job.jobId === jobId) ?? {};
      const newest = correlationId && jobs.find((job) => job.correlationId === correlationId)?.jobId;
      answer.jobId = newest === jobId ? '' : newest;
    }
    return { jobId: readJobId(answer), retryOf: firstText(answer.retryOf, jobId) };
  }

  /** Removes a job that has ended, with its files. @throws {JobNotFoundError}; an error with code `NotDeletable` */
  async delete(jobId: string, options?: CallOptions): Promise<void> {
    await this.#http.request('DELETE', jobPath(jobId), options);
  }

  /** Everything the job has logged, oldest first. @throws {JobNotFoundError} */
  async logs(jobId: string, options?: CallOptions): Promise<string[]> {
    const text = await this.#http.request('GET', jobPath(jobId, '/logs'), options, { asText: true });
    return String(text).split(/\r?\n/).filter(Boolean);
  }

  /**
   * What the URL of a file has to carry where the client signs in by `getToken`, since a `<video>` and a link send no
   * token (AC-49). It lasts ten minutes if the backend agrees.
   *
   * @returns `null` where the client has no token, or the backend knows no tickets: then the plain URL has to do
   * @throws {AccessDeniedError}
   * @example video.src = client.url(job.output.videoPath, await client.jobs.ticket(job.jobId));
   */
  async ticket(jobId: string, options?: CallOptions): Promise<FileTicket | null> {
    if (!(await this.#http.authorization()).authorization) return null;
    const body = { access: 'files', expiresInSeconds: 600 };
    const { token, expiresInSeconds } = fieldsOf(
      await this.#http.request('POST', jobPath(jobId, '/tokens'), options, { body }).catch((error: AuraError) => {
        if (error.status !== 404 && error.status !== 405) throw error;
      }),
    );
    return token ? { token: firstText(token), expiresInSeconds: firstNumber(expiresInSeconds) ?? 600 } : null;
  }

  /** The files the job has made so far; `client.url(path)` is where they are. @throws {JobNotFoundError} */
  async artifacts(jobId: string, options?: CallOptions): Promise<readonly Artifact[]> {
    return (await this.get(jobId, options)).artifacts;
  }
}

/** @throws {ProtocolError} the answer is not about a job */
export function readJob(answer: unknown, jobId: string): JobSnapshot {
  if (typeof fieldsOf(answer).status === 'string') return parseJobSnapshot(answer, jobId);
  throw new ProtocolError(`The answer for job ${jobId} is not a job.`, { code: 'InvalidAnswer' });
}

function readCancel({ jobId, currentStatus, message }: Fields): CancelResult {
  return {
    jobId: firstText(jobId),
    currentStatus: foldStatus(currentStatus) ?? 'Running',
    message: firstText(message),
  };
}

/** @throws {ProtocolError} the answer names no job */
function readJobId({ jobId, id }: Fields): string {
  const given = firstText(jobId, id);
  if (given) return given;
  throw new ProtocolError('The server accepted the job but did not say its id.', { code: 'InvalidAnswer' });
}

// `crypto.randomUUID` is missing on plain-http pages.
function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
