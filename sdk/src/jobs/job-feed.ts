/** One job's connection, shared by all its readers in this program (AC-37). */
import type { AuraError } from '../errors/aura-error.ts';
import { errorFromResponse } from '../errors/error-from-response.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import { compareEventIds } from '../protocol/event-id.ts';
import { isTerminalEvent } from '../protocol/job-events.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { parseJobEvent } from '../protocol/parse-job-event.ts';
import { parseJobSnapshot } from '../protocol/parse-job-snapshot.ts';
import { reduceJob } from '../protocol/reduce-job.ts';
import type { RetryOptions } from '../sse/backoff.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import { connectEventStream } from '../sse/event-stream.ts';
import type { EventStream, StreamEvent } from '../sse/event-stream.ts';
import { jobPath } from './jobs-api.ts';

// Kept in the order of arrival, so that a late reader hears them in the order of the log.
const GREETING: ReadonlySet<string> = new Set(['job-status', 'step-status', 'step-progress']);

/** Somebody who wants to hear of the job. */
export interface JobReader {
  onEvent?(event: JobEvent): void;
  /** The snapshot or the connection changed. A reader that has this makes the feed read `GET` as well. */
  onChange?(): void;
  /** The connection changed. */
  onState?(state: ConnectionState): void;
  /** A failed attempt, or an event that could not be read. */
  onError?(error: AuraError): void;
}

export interface FeedOptions {
  readonly http: HttpClient;
  readonly jobId: string;
  readonly retry?: RetryOptions | undefined;
  /** Start after this event. */
  readonly lastEventId?: string | undefined;
  /** Ask for everything the server still has, from the first event on. */
  readonly replayAll?: boolean | undefined;
  /** The last reader has left, or the job has ended: a later reader needs a new feed. */
  readonly onOver?: () => void;
}

/**
 * Reads one job's events, in order and each once, and folds them into a snapshot. Connects with the first reader and
 * closes with the last; ends by itself with the terminal event.
 */
export class JobFeed {
  /** `null` until something is known of the job. */
  snapshot: JobSnapshot | null = null;
  connection: ConnectionState = { status: 'connecting' };
  /** No more events will come. */
  over = false;
  readonly #options: FeedOptions;
  readonly #readers = new Set<JobReader>();
  /** The newest event of each kind that a first connection would bring: greets a late reader. */
  readonly #newest = new Map<string, JobEvent>();
  /** Ends what goes on beside the stream. */
  readonly #abort = new AbortController();
  #stream: EventStream | undefined;
  /** Position in the log up to which events were delivered. */
  #cursor: string | undefined;
  #snapshotRead = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#cursor = options.lastEventId;
  }

  /** Adds a reader. @returns a function that removes it; safe to call twice */
  attach(reader: JobReader): () => void {
    this.#readers.add(reader);
    if (!this.#stream) this.#connect();
    else {
      if (reader.onEvent) this.#greet(reader);
      if (reader.onChange && !this.#snapshotRead) this.#verify();
    }
    return () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#finish();
    };
  }

  /** Tries again now, with a fresh count of attempts. */
  reconnect(): void {
    if (!this.over) this.#stream?.reconnect();
  }

  #connect(): void {
    const { http, jobId, retry, replayAll } = this.#options;
    const url = http.url(`${jobPath(jobId)}/events${replayAll ? '?replay=all' : ''}`);
    this.#stream = connectEventStream(url, {
      ...http.streamOptions,
      ...(retry && { retry }),
      headers: async () => ({
        ...(await http.authorization()),
        ...(this.#cursor && { 'last-event-id': this.#cursor }),
      }),
      readError: (response) => errorFromResponse(response, `GET ${jobPath(jobId)}/events`),
      beforeConnect: (signal) => this.#beforeConnect(signal),
      onEvent: (event) => this.#receive(event),
      onError: (error) => this.#fail(error),
      onStateChange: (state) => this.#setConnection(state),
    });
  }

  /** Readers of snapshots start from `GET`, which also tells how a job ended while nobody was connected. */
  async #beforeConnect(signal: AbortSignal): Promise<boolean> {
    if (!this.#anyReads('onChange')) return true;
    await this.#readSnapshot(signal);
    this.#cursor ??= this.snapshot?.lastEventId ?? undefined;
    return this.#anyReads('onEvent') || !isTerminal(this.snapshot!.status);
  }

  async #readSnapshot(signal: AbortSignal): Promise<void> {
    const { http, jobId } = this.#options;
    this.#snapshotRead = true;
    const fresh = parseJobSnapshot(await http.request(jobPath(jobId), { retries: 0, signal }), jobId);
    if (this.#isNewer(fresh)) this.#setSnapshot(fresh);
  }

  /** A `GET` that was overtaken by newer events is dropped (AC-61). */
  #isNewer(fresh: JobSnapshot): boolean {
    const known = this.snapshot;
    if (!known) return true;
    if (isTerminal(known.status)) return false;
    if (fresh.lastEventId && known.lastEventId) return compareEventIds(fresh.lastEventId, known.lastEventId) >= 0;
    return isTerminal(fresh.status) || fresh.percent >= known.percent;
  }

  #receive(frame: StreamEvent): void {
    let event: JobEvent;
    try {
      event = parseJobEvent(frame);
    } catch (cause) {
      const detail = `An event "${frame.type}" of job ${this.#options.jobId} is not JSON and was left out.`;
      return this.#fail(new ProtocolError(detail, { code: 'InvalidJson', cause }));
    }
    const { id } = event;
    if (id && this.#cursor && compareEventIds(id, this.#cursor) <= 0) return;
    if (id) this.#cursor = id;
    if (GREETING.has(event.type)) {
      this.#newest.delete(event.type);
      this.#newest.set(event.type, event);
    }
    for (const reader of this.#readers) reader.onEvent?.(event);
    this.#setSnapshot(reduceJob(this.snapshot ?? emptySnapshot(this.#options.jobId), event));
    if (event.type === 'resync' || suspectsStall(event)) return this.#verify();
    if (isTerminalEvent(event)) this.#finish();
  }

  /** Asks `GET` when events alone cannot tell the state: after a lost cursor, and when a failure may be none (AC-45). */
  #verify(): void {
    const { signal } = this.#abort;
    this.#readSnapshot(signal).catch((error: AuraError) => {
      if (!signal.aborted) this.#fail(error);
    });
  }

  #setSnapshot(next: JobSnapshot): void {
    if (next === this.snapshot) return;
    this.snapshot = next;
    this.#notify();
    if (isTerminal(next.status) && !this.#anyReads('onEvent')) this.#finish();
  }

  #anyReads(what: 'onEvent' | 'onChange'): boolean {
    for (const reader of this.#readers) if (reader[what]) return true;
    return false;
  }

  #setConnection(state: ConnectionState): void {
    this.connection = state;
    // A later reader starts afresh; those that are here may still ask for a reconnect.
    if (state.status === 'failed') this.#options.onOver?.();
    for (const reader of this.#readers) reader.onState?.(state);
    this.#notify();
  }

  #notify(): void {
    for (const reader of this.#readers) reader.onChange?.();
  }

  #fail(error: AuraError): void {
    for (const reader of this.#readers) reader.onError?.(error);
  }

  /** A reader that comes late hears the current state first, as it would from a connection of its own. */
  #greet(reader: JobReader): void {
    if (!this.#newest.has('job-status') && this.snapshot) reader.onEvent?.(statusEvent(this.snapshot));
    for (const event of this.#newest.values()) reader.onEvent?.(event);
  }

  #finish(): void {
    if (this.over) return;
    this.over = true;
    this.#options.onOver?.();
    this.#abort.abort();
    this.#stream?.close();
  }
}

function statusEvent({ status, stage, percent, correlationId }: JobSnapshot): JobEvent {
  return { type: 'job-status', data: { status, stage, percent, correlationId: correlationId ?? '' } };
}

function suspectsStall(event: JobEvent): boolean {
  return event.type === 'job-failed' && event.data.errors[0]?.code === 'STALL_TIMEOUT';
}
