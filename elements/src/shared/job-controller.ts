/** Connects an element to its job: watches it, paints at the clock's pace, fires events, sends commands. */
import { isTerminal } from '@aura-jobs/sdk';
import type { ConnectionState, FileTicket, JobSnapshot } from '@aura-jobs/sdk';
import { ContextConsumer } from '@lit/context';
import type { ReactiveController } from 'lit';
import type { Strings } from '../locales/en.ts';
import { announce, announcementFor, hush, spokenTrouble } from './announcer.ts';
import { auraClientContext } from './aura-client-context.ts';
import { Commits } from './commits.ts';
import { ElementLanguage } from './element-language.ts';
import { endingEvent } from './ending-event.ts';
import { JobCommands } from './job-commands.ts';
import type { JobHost } from './job-host.ts';
import { sourceFor } from './job-source.ts';
import type { JobSource, JobView } from './job-source.ts';
import { jobState } from './job-state.ts';
import type { JobState } from './job-state.ts';
import { NewsClock } from './news-clock.ts';
import { Outage } from './outage.ts';
import { watchVisibility } from './visibility.ts';

const CONNECTING: ConnectionState = { status: 'connecting' };

/**
 * Reactive controller over `client.watch()`. It opens the watcher before an update, so properties set in one go count
 * together, and closes it when the element has really left the page: moving it keeps the stream.
 */
export class JobController implements ReactiveController {
  /** What can be asked of this job. */
  commands: JobCommands;
  /** How old the news are. */
  readonly news = new NewsClock(() => this.#commits.paint());
  readonly #host: JobHost;
  readonly #language: ElementLanguage;
  readonly #commits: Commits;
  readonly #outage = new Outage(() => this.#view?.reconnect());
  readonly #provided: ContextConsumer<typeof auraClientContext, JobHost>;
  #source: JobSource | undefined;
  #jobId = '';
  #view: JobView | undefined;
  #stopListening: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #seenJob: JobSnapshot | null = null;
  #seenConnection = CONNECTING;

  constructor(host: JobHost) {
    this.#host = host;
    this.#language = new ElementLanguage(host);
    this.commands = new JobCommands(host);
    this.#commits = new Commits(host, () => this.#seenJob);
    this.#provided = new ContextConsumer(host, { context: auraClientContext, subscribe: true });
    host.addController(this);
  }

  /** Nothing is shown of a job that is gone. */
  get job(): JobSnapshot | null {
    return this.state === 'missing' ? null : this.#seenJob;
  }

  get connection(): ConnectionState {
    return this.#seenConnection;
  }

  /** Bars may glide: few elements move, and this one shows the present. */
  get gliding(): boolean {
    return this.#commits.gliding && !this.adrift;
  }

  /** Somebody can see the element. */
  get visible(): boolean {
    return this.#commits.visible;
  }

  get strings(): Strings {
    return this.#language.strings;
  }

  get state(): JobState {
    return jobState(this.#jobId, this.#seenJob, this.#outage.reason);
  }

  /** The connection was given up before the job has ended: what is known of it is only the last that was known. */
  get adrift(): boolean {
    return this.state === 'lost' || this.state === 'denied';
  }

  /** The same as names of custom states, with the conditions that come on top. */
  get states(): string[] {
    const states: string[] = [this.state];
    if (this.commands.cancelling.pending) states.push('cancelling');
    if (!this.adrift && this.job && this.job.stalledSeconds !== null) states.push('stalled');
    if (!this.#commits.visible) states.push('offscreen');
    return states;
  }

  /** Absolute address of a path in the snapshot; `null` for one that is no address. */
  url(path: string, ticket?: FileTicket | null): string | null {
    return this.#source?.url(path, ticket) ?? null;
  }

  hostConnected(): void {
    const changed = (visible: boolean): void => {
      if (visible === this.#commits.visible) return;
      this.#commits.visible = visible;
      this.#keepTime();
      this.#host.requestUpdate();
    };
    this.#stopLooking = watchVisibility(this.#host, changed, () => this.#host.overlay === true);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stopLooking?.();
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    if (this.#host.overlay) this.#commits.visible = !document.hidden;
    const jobId = this.#host.overlay === false ? '' : this.#host.jobId;
    const source = sourceFor(this.#host, this.#provided.value);
    if (source === this.#source && jobId === this.#jobId) return;
    this.#release();
    this.#source = source;
    this.#jobId = jobId;
    if (!jobId) return;
    this.commands = new JobCommands(this.#host, source, jobId);
    this.#open(source, jobId);
  }

  reconnect(): void {
    this.#outage.retell();
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
      this.#outage.begin(error instanceof Error ? error : new Error(String(error)));
      queueMicrotask(() => this.commands.tellError(error));
    }
  }

  #release(): void {
    hush(this.#host);
    this.#commits.forget();
    this.#stopListening?.();
    this.#view?.close();
    this.#view = this.#source = this.#stopListening = undefined;
    this.#jobId = '';
    this.#seenJob = null;
    this.#seenConnection = CONNECTING;
    this.#outage.end();
    this.#keepTime();
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
    if (job && job !== before) {
      this.news.note(before, job);
      this.#outage.end();
      announce(this.#host, announcementFor(before, job, this.strings, this.#host.announce), job);
    }
    if (rewired) this.#connectionChanged(connection);
    this.#keepTime();
    if (turned || stepped || rewired) this.#commits.now();
    else this.#commits.soon();
    if (turned && isTerminal(job.status)) {
      this.commands.cancelling.settle();
      this.#host.dispatchEvent(endingEvent(job));
    }
  }

  #connectionChanged(connection: ConnectionState): void {
    if (connection.status === 'open' || connection.status === 'polling') {
      this.#outage.end();
      this.commands.reconnected();
    }
    // Attempts that this element makes by itself fail silently: the trouble is known.
    if (connection.status !== 'failed' || !this.#outage.begin(connection.error)) return;
    announce(this.#host, { text: spokenTrouble(this.state, this.strings) }, connection);
    this.commands.tellError(connection.error);
  }

  /** Starts and stops what runs beside the events; most of the time that is nothing. */
  #keepTime(): void {
    const { status } = this.#seenConnection;
    const { visible } = this.#commits;
    const running = visible && !this.#outage.reason && this.#seenJob?.status === 'Running';
    this.news.run({ counting: visible && status === 'reconnecting', running });
    this.#outage.watch({ failed: status === 'failed', visible });
  }
}
