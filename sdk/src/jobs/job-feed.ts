/** One job's connection, shared by all its readers in this program (AC-37). */
import type { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { errorFromResponse } from '../errors/error-from-response.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { report } from '../errors/report.ts';
import type { HttpClient } from '../http/http-client.ts';
import { compareEventIds } from '../protocol/event-id.ts';
import { isTerminalEvent } from '../protocol/job-events.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { parseJobEvent } from '../protocol/parse-job-event.ts';
import { reduceJob } from '../protocol/reduce-job.ts';
import { stateEvents } from '../protocol/state-events.ts';
import type { RetryOptions } from '../sse/backoff.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import { connectEventStream } from '../sse/event-stream.ts';
import type { EventStream, StreamEvent } from '../sse/event-stream.ts';
import { jobPath, readJob } from './jobs-api.ts';

/** Somebody who wants to hear of the job. No callback runs before `attach` has returned, and none after leaving. */
export interface JobReader {
  onEvent?(event: JobEvent): void;
  /** The connection changed. */
  onState?(state: ConnectionState): void;
  /** The snapshot or the connection changed. A reader that has this makes the feed read `GET` as well. */
  onChange?(): void;
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
  /** Readers of events that have not been told the current state yet. */
  readonly #ungreeted = new Set<JobReader>();
  /** Ends what goes on beside the stream. */
  readonly #abort = new AbortController();
  #stream: EventStream | undefined;
  /** Position in the log up to which events were delivered. */
  #cursor: string | undefined;
  #snapshotRead = false;
  /** Events that came while `GET` is under way, and only then: they may be newer than its answer. */
  #meanwhile: JobEvent[] | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#cursor = options.lastEventId;
  }

  /** The reader asked for a part of the log, so it gets nothing but the log. */
  get #exact(): boolean {
    return this.#options.replayAll === true || this.#options.lastEventId !== undefined;
  }

  /** Adds a reader. @returns a function that removes it; safe to call twice */
  attach(reader: JobReader): () => void {
    this.#readers.add(reader);
    if (!this.#exact) this.#ungreeted.add(reader);
    if (!this.#stream) this.#connect();
    else {
      queueMicrotask(() => {
        this.#greet();
        if (this.#readers.has(reader) && this.connection.status !== 'connecting')
          report(reader.onState?.bind(reader), this.connection);
      });
      if (reader.onChange && !this.#snapshotRead && !this.#meanwhile) this.#verify();
    }
    return () => {
      this.#readers.delete(reader);
      this.#ungreeted.delete(reader);
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
    if (![...this.#readers].some((reader) => reader.onChange)) return true;
    await this.#readSnapshot(signal);
    this.#cursor ??= this.snapshot?.lastEventId ?? undefined;
    return !this.over;
  }

  async #readSnapshot(signal: AbortSignal): Promise<void> {
    const { http, jobId } = this.#options;
    const meanwhile: JobEvent[] = (this.#meanwhile = []);
    let answer: unknown;
    try {
      answer = await http.request(jobPath(jobId), { retries: 0, signal });
    } finally {
      if (this.#meanwhile === meanwhile) this.#meanwhile = undefined;
    }
    this.#snapshotRead = true;
    // Newer events are folded into the answer, so it is kept whole however late it comes (AC-61).
    const fresh = meanwhile.reduce(reduceJob, readJob(answer, jobId));
    this.#setSnapshot(this.#isNewer(fresh) ? fresh : withFacts(this.snapshot!, fresh));
    this.#greet();
  }

  /** A backend may answer with less than this feed has seen already. */
  #isNewer(fresh: JobSnapshot): boolean {
    const known = this.snapshot;
    if (!known) return true;
    if (isTerminal(known.status) || isTerminal(fresh.status)) return !isTerminal(known.status);
    if (fresh.lastEventId && known.lastEventId) return compareEventIds(fresh.lastEventId, known.lastEventId) >= 0;
    return fresh.percent >= known.percent;
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
    // After a lost cursor the state comes from the beginning, whatever was seen before (AC-08).
    this.#cursor = event.type === 'resync' ? undefined : (id ?? this.#cursor);
    this.#greet();
    // What the server says first is the greeting.
    this.#ungreeted.clear();
    this.#tell((reader) => reader.onEvent?.(event));
    this.#meanwhile?.push(event);
    this.#setSnapshot(reduceJob(this.snapshot ?? emptySnapshot(this.#options.jobId), event));
    if (event.type === 'resync' || suspectsStall(event)) this.#verify();
    if (isTerminalEvent(event) && !suspectsStall(event)) this.#finish();
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
    this.#tell((reader) => reader.onChange?.());
    // The terminal event itself may still be on its way to readers of events.
    if (
      isTerminal(next.status) &&
      ![...this.#readers].some((reader) => reader.onEvent && !this.#ungreeted.has(reader))
    ) {
      this.#greet();
      this.#finish();
    }
  }

  #setConnection(state: ConnectionState): void {
    this.connection = state;
    if (state.status === 'closed' && !this.over && !this.#exact) this.#closedByServer();
    // A later reader starts afresh; those that are here may still ask for a reconnect.
    if (this.connection.status === 'failed') this.#options.onOver?.();
    this.#tell((reader) => reader.onState?.(this.connection));
    this.#tell((reader) => reader.onChange?.());
  }

  /** Nothing more will come. If `GET` knows how the job ended, that is its end; a closed stream alone is not (rule 9). */
  #closedByServer(): void {
    const ending = this.snapshot && isTerminal(this.snapshot.status) && stateEvents(this.snapshot).at(-1);
    if (ending) {
      this.#tell((reader) => reader.onEvent?.(ending));
      return this.#finish();
    }
    const message = `The server ended the events of job ${this.#options.jobId} before the job has ended.`;
    const error = new ConnectionError(message, { code: 'ConnectionLost' });
    this.connection = { status: 'failed', error };
    this.#fail(error);
  }

  #fail(error: AuraError): void {
    this.#tell((reader) => reader.onError?.(error));
  }

  /** A reader that comes late hears the current state first, as it would from a connection of its own. */
  #greet(): void {
    if (!this.snapshot) return;
    const late = [...this.#ungreeted];
    this.#ungreeted.clear();
    for (const reader of late) {
      for (const event of stateEvents(this.snapshot)) {
        if (this.#readers.has(reader)) report((told: JobEvent) => reader.onEvent?.(told), event);
      }
    }
  }

  /** Calls all who are readers now and still are when their turn comes. */
  #tell(callback: (reader: JobReader) => void): void {
    for (const reader of [...this.#readers]) if (this.#readers.has(reader)) report(callback, reader);
  }

  #finish(): void {
    if (this.over) return;
    this.over = true;
    this.#options.onOver?.();
    this.#abort.abort();
    this.#stream?.close();
  }
}

/** What no event says and no event changes. */
function withFacts(job: JobSnapshot, { title, createdAt, retryOf, attempt }: JobSnapshot): JobSnapshot {
  return { ...job, title, createdAt, retryOf, attempt };
}

function suspectsStall(event: JobEvent): boolean {
  return event.type === 'job-failed' && event.data.errors[0]?.code === 'STALL_TIMEOUT';
}
