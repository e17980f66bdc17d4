/** A job as an `EventTarget`, for programs that listen to events by name. */
import type { AuraError } from '../errors/aura-error.ts';
import { onAbort } from '../http/abort.ts';
import type { JobEvent, JobEventData, JobEventType } from '../protocol/job-events.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { reduceJob } from '../protocol/reduce-job.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import type { AuraClient } from './job-client.ts';
import type { JobWatcher } from './job-watcher.ts';

/** One event of a job. */
export class JobMessageEvent<Data = unknown> extends Event {
  /** The event's payload. */
  readonly data: Data;
  /** The event's id, `''` where it has none. */
  readonly lastEventId: string;
  readonly #readJob: () => JobSnapshot;

  /** @internal */
  constructor(type: string, { data, id = '' }: JobEvent, readJob: () => JobSnapshot) {
    super(type);
    this.data = data as Data;
    this.lastEventId = id;
    this.#readJob = readJob;
  }

  /** The job's state with this event in it; once all listeners were called, its newest state. */
  get job(): JobSnapshot {
    return this.#readJob();
  }
}

/** A failed attempt to connect, or an event that could not be read. While `error.retryable`, it goes on by itself. */
export class ConnectionErrorEvent extends Event {
  readonly error: AuraError;

  /** @internal */
  constructor(error: AuraError) {
    super('connection-error');
    this.error = error;
  }
}

/** What is dispatched, by name. */
export type JobEventMap = { [T in Exclude<JobEventType, 'error'>]: JobMessageEvent<JobEventData[T]> } & {
  /** The server's `error` event: trouble that changes no state (C-04, C-05). */
  'server-error': JobMessageEvent<JobEventData['error']>;
  'connection-error': ConnectionErrorEvent;
  /** `job` or `connection` is another one, once for all events that came together. */
  change: Event;
};

/** A function, or an object with `handleEvent`. */
export type JobListener<E extends Event> =
  ((this: JobEventTarget, event: E) => void) | { handleEvent(event: E): void } | null;

// Names of ours and of the platform, which a server's event must not be taken for (C-04).
const RESERVED = /^(error|change|connection-error)$/;

/**
 * Dispatches each event of a job under its own name, the current state first, then live, up to the terminal one; the
 * server's `error` comes as `server-error`. Reads from its construction until {@link close}, the signal's abort or the
 * job's end, and shares the job's connection. An event that nobody knows has its own name, too.
 *
 * @throws {InvalidInputError} the id cannot be one
 * @example
 * const target = new JobEventTarget(client, jobId);
 * target.addEventListener('step-progress', ({ data }) => console.log(data.progressPct));
 * target.addEventListener('job-completed', ({ data }) => console.log(data.output.videoPath), { once: true });
 * target.addEventListener('change', () => render(target.job, target.connection));
 */
export class JobEventTarget extends EventTarget {
  readonly #watcher: JobWatcher;
  #leave = (): void => {};

  /** @param options.signal closes it when aborted */
  constructor(client: AuraClient, jobId: string, { signal }: { signal?: AbortSignal } = {}) {
    super();
    const watcher = (this.#watcher = client.watch(jobId));
    const detach = client.subscribe(jobId, {
      onEvent: (event) => this.#dispatch(event),
      onError: (error) => this.dispatchEvent(new ConnectionErrorEvent(error)),
    });
    const forget = onAbort(signal, () => this.close());
    const unsubscribe = watcher.subscribe(() => {
      if (watcher.snapshot && isTerminal(watcher.snapshot.status)) forget();
      this.dispatchEvent(new Event('change'));
    });
    this.#leave = () => {
      forget();
      unsubscribe();
      detach();
      watcher.close();
    };
    if (signal?.aborted) this.close();
  }

  get jobId(): string {
    return this.#watcher.jobId;
  }

  /** The newest state, the same object until it changes; `null` until the first answer. */
  get job(): JobSnapshot | null {
    return this.#watcher.snapshot;
  }

  /** What the connection is doing. */
  get connection(): ConnectionState {
    return this.#watcher.connection;
  }

  /** Tries again now, after `failed` or in the middle of a wait. */
  reconnect(): void {
    this.#watcher.reconnect();
  }

  /** Stops reading; nothing is dispatched any more. The job itself goes on. */
  close(): void {
    this.#leave();
  }

  override addEventListener<T extends keyof JobEventMap>(
    type: T,
    listener: JobListener<JobEventMap[T]>,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(...args);
  }

  override removeEventListener<T extends keyof JobEventMap>(
    type: T,
    listener: JobListener<JobEventMap[T]>,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    super.removeEventListener(...args);
  }

  #dispatch(event: JobEvent): void {
    const name = event.type === 'unknown' ? event.name : event.type;
    // The feed folds an event after all have heard of it. One without a wire form only tells what the feed knew.
    let isFolded = event.raw === undefined;
    const readJob = (): JobSnapshot => {
      const job = this.job ?? emptySnapshot(this.jobId);
      return isFolded ? job : reduceJob(job, event);
    };
    this.dispatchEvent(new JobMessageEvent(RESERVED.test(name) ? `server-${name}` : name, event, readJob));
    isFolded = true;
  }
}
