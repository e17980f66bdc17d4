/** Connects an element to its job: watches it, paints at the clock's pace, fires events, sends commands. */
import { isTerminal } from '@aura-jobs/sdk';
import type { ConnectionState, JobSnapshot } from '@aura-jobs/sdk';
import { ContextConsumer } from '@lit/context';
import type { ReactiveController } from 'lit';
import type { Strings } from '../locales/en.ts';
import { stringsFor } from '../locales/strings.ts';
import { announce, announcementFor } from './announcer.ts';
import { auraClientContext } from './aura-client-context.ts';
import { commitSoon, forgetCommit } from './commit-clock.ts';
import { endingEvent } from './ending-event.ts';
import { AuraProgressEvent } from './events.ts';
import { JobCommands } from './job-commands.ts';
import type { JobHost } from './job-host.ts';
import { clientFor } from './job-source.ts';
import type { JobSource, JobView } from './job-source.ts';
import { jobState } from './job-state.ts';
import type { JobState } from './job-state.ts';
import { watchVisibility } from './visibility.ts';

/** More moving elements than this, and their bars step instead of glide. */
const GLIDE_LIMIT = 8;

const CONNECTING: ConnectionState = { status: 'connecting' };

/**
 * Reactive controller over `client.watch()`. It opens the watcher before an update, so properties set in one go count
 * together, and closes it when the element has really left the page: moving it keeps the stream.
 */
export class JobController implements ReactiveController {
  /** What can be asked of this job. */
  commands: JobCommands;
  /** Few elements move, so their bars may glide. */
  gliding = true;
  readonly #host: JobHost;
  readonly #provided: ContextConsumer<typeof auraClientContext, JobHost>;
  #source: JobSource | undefined;
  #jobId = '';
  #view: JobView | undefined;
  #stopListening: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;
  #seenJob: JobSnapshot | null = null;
  #seenConnection = CONNECTING;
  #toldJob: JobSnapshot | null = null;
  #visible = true;

  constructor(host: JobHost) {
    this.#host = host;
    this.commands = new JobCommands(host);
    this.#provided = new ContextConsumer(host, { context: auraClientContext, subscribe: true });
    host.addController(this);
  }

  get job(): JobSnapshot | null {
    return this.#seenJob;
  }

  get connection(): ConnectionState {
    return this.#seenConnection;
  }

  get strings(): Strings {
    return stringsFor(this.#host.lang);
  }

  get state(): JobState {
    return jobState(this.#jobId, this.job, this.connection);
  }

  /** The same as names of custom states, with the conditions that come on top. */
  get states(): string[] {
    const states: string[] = [this.state];
    if (this.commands.cancelling.pending) states.push('cancelling');
    if (this.job && this.job.stalledSeconds !== null) states.push('stalled');
    if (!this.#visible) states.push('offscreen');
    return states;
  }

  /** Absolute address of a path in the snapshot; `null` for one that is no address. */
  url(path: string): string | null {
    return this.#source?.url(path) ?? null;
  }

  hostConnected(): void {
    this.#stopLooking = watchVisibility(this.#host, (visible) => {
      if (visible === this.#visible) return;
      this.#visible = visible;
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stopLooking?.();
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  hostUpdate(): void {
    const { client, baseUrl, jobId, isConnected } = this.#host;
    if (!isConnected) return;
    const source = client ?? (baseUrl ? clientFor(baseUrl) : (this.#provided.value ?? clientFor('')));
    if (source === this.#source && jobId === this.#jobId) return;
    this.#release();
    this.#source = source;
    this.#jobId = jobId;
    if (!jobId) return;
    this.commands = new JobCommands(this.#host, source, jobId);
    this.#open(source, jobId);
  }

  reconnect(): void {
    this.#view?.reconnect();
  }

  #open(source: JobSource, jobId: string): void {
    try {
      const view = source.watch(jobId);
      this.#view = view;
      this.#stopListening = view.subscribe(() => this.#changed());
      // Told after this update: a listener may set properties, which would get lost in the middle of one.
      queueMicrotask(() => {
        if (view === this.#view) this.#changed();
      });
    } catch (error) {
      this.#seenConnection = { status: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
      queueMicrotask(() => this.commands.tellError(error));
    }
  }

  #release(): void {
    forgetCommit(this.#tick);
    clearInterval(this.#countdown);
    this.#stopListening?.();
    this.#view?.close();
    this.#view = this.#source = this.#stopListening = undefined;
    this.#jobId = '';
    this.#seenJob = this.#toldJob = null;
    this.#seenConnection = CONNECTING;
    this.commands = new JobCommands(this.#host);
  }

  /** Called for each event of the job, a thousand times a second if need be. */
  #changed(): void {
    const { snapshot: job, connection } = this.#view!;
    const before = this.#seenJob;
    const rewired = connection !== this.#seenConnection;
    const turned = job !== null && job.status !== before?.status;
    const stepped = job?.stage !== before?.stage;
    this.#seenJob = job;
    this.#seenConnection = connection;
    if (job && job !== before) announce(this.#host, announcementFor(before, job, this.strings), job);
    if (rewired) this.#connectionChanged(connection);
    if (turned || stepped || rewired) {
      forgetCommit(this.#tick);
      this.#commit();
    } else commitSoon(this.#tick);
    if (turned && isTerminal(job.status)) {
      this.commands.cancelling.settle();
      this.#host.dispatchEvent(endingEvent(job));
    }
  }

  #connectionChanged(connection: ConnectionState): void {
    clearInterval(this.#countdown);
    if (connection.status === 'reconnecting') this.#countdown = setInterval(() => this.#paint(), 1000);
    if (connection.status !== 'failed') return;
    announce(this.#host, { text: this.strings.spokenLost }, connection);
    this.commands.tellError(connection.error);
  }

  readonly #tick = (crowd: number): void => {
    this.gliding = crowd <= GLIDE_LIMIT;
    this.#commit();
  };

  #commit(): void {
    const { job } = this;
    if (job && job !== this.#toldJob && !isTerminal(job.status)) {
      const { jobId, status, stage, percent, message } = job;
      this.#host.dispatchEvent(new AuraProgressEvent({ jobId, status, stage, percent, message }));
    }
    this.#toldJob = job;
    this.#paint();
  }

  #paint(): void {
    if (this.#visible) this.#host.requestUpdate();
  }
}
