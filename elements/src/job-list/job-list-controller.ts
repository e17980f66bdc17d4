/** The jobs of a list: loads them page by page, then follows those that have not ended over one connection. */
import { isTerminal } from '@aura-jobs/sdk';
import type { ConnectionState, JobSnapshot } from '@aura-jobs/sdk';
import { ContextConsumer } from '@lit/context';
import type { ReactiveController } from 'lit';
import { auraClientContext } from '../shared/aura-client-context.ts';
import { commitSoon, forgetCommit } from '../shared/commit-clock.ts';
import { sourceFor } from '../shared/job-source.ts';
import { Outage } from '../shared/outage.ts';
import { watchVisibility } from '../shared/visibility.ts';
import { isGone, toFollow } from './followed.ts';
import type { JobListHost, JobListNews } from './job-list-host.ts';
import type { JobListSource, JobsView } from './job-list-source.ts';
import { readList } from './read-list.ts';

/** Jobs in one page, and in all: as many as one connection carries. */
const [PAGE, MOST] = [100, 500];
const CONNECTING: ConnectionState = { status: 'connecting' };

export class JobListController implements ReactiveController {
  /** All that is known, by id. */
  readonly jobs = new Map<string, JobSnapshot>();
  loading = false;
  /** Why the jobs could not be loaded. */
  error: unknown;
  connection = CONNECTING;
  source: JobListSource | undefined;
  readonly #host: JobListHost;
  readonly #news: JobListNews;
  readonly #provided: ContextConsumer<typeof auraClientContext, JobListHost>;
  readonly #outage = new Outage(() => void this.#load());
  #jobIds: readonly string[] = [];
  #loading = new AbortController();
  #view: JobsView | undefined;
  #followed: ReadonlySet<string> = new Set();
  #visible = true;
  #stopLooking: (() => void) | undefined;

  constructor(host: JobListHost, news: JobListNews) {
    this.#host = host;
    this.#news = news;
    this.#provided = new ContextConsumer(host, { context: auraClientContext, subscribe: true });
    host.addController(this);
  }

  /** Some jobs are followed. */
  get live(): boolean {
    return this.#view !== undefined;
  }

  /** What is shown is the present. */
  get present(): boolean {
    return this.connection.status === 'open' || this.connection.status === 'polling';
  }

  /** The connection was given up: what is shown is what was last known. */
  get adrift(): boolean {
    return this.connection.status === 'failed';
  }

  hostConnected(): void {
    const look = (visible: boolean): void => {
      this.#visible = visible;
      this.#keepTrying();
      this.#host.requestUpdate();
    };
    this.#stopLooking = watchVisibility(this.#host, look, () => false);
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
    const source = sourceFor(this.#host, this.#provided.value) as JobListSource;
    const { jobIds } = this.#host;
    const more = jobIds !== this.#jobIds;
    this.#jobIds = jobIds;
    if (source !== this.source) {
      this.#release();
      this.source = source;
      void this.refresh();
    } else if (more && !this.loading) this.#follow();
  }

  /** Loads the list again and follows what has come. */
  refresh(): Promise<void> {
    this.#outage.retell();
    return this.#load();
  }

  async #load(): Promise<void> {
    const { source } = this;
    if (!source) return;
    this.#loading.abort();
    const { signal } = (this.#loading = new AbortController());
    this.loading = true;
    this.#host.requestUpdate();
    try {
      await this.#read(source, signal);
      this.error = undefined;
      this.#follow(this.adrift);
      if (!this.live) this.#outage.end();
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.#gaveUp(error instanceof Error ? error : new Error(String(error)));
    }
    this.loading = false;
    this.#keepTrying();
    this.paint();
  }

  async #read(source: JobListSource, signal: AbortSignal): Promise<void> {
    const found = await readList(source.jobs.list({ limit: PAGE, signal }), MOST, (job) => {
      if (!this.#followed.has(job.jobId)) this.jobs.set(job.jobId, job);
      this.paint();
    });
    for (const id of this.jobs.keys()) if (!found.has(id) && !this.#jobIds.includes(id)) this.jobs.delete(id);
  }

  /** With the page's next tick. */
  paint(): void {
    commitSoon(this.#commit);
  }

  /** Opens one connection for all jobs that have not ended, unless there is one that serves them. */
  #follow(anew = false): void {
    const ids = toFollow(this.jobs, this.#host.jobIds).slice(0, MOST);
    if (!anew && ids.every((id) => this.#followed.has(id))) return;
    this.#stop();
    if (ids.length === 0) return;
    this.#followed = new Set(ids);
    this.#view = this.source!.watchAll(ids);
    this.#view.subscribe(() => this.paint());
  }

  /** Takes over what is new; called at most ten times a second, however many events come. */
  readonly #commit = (): void => {
    const going = this.#view?.watchers.filter(({ jobId, snapshot, connection }) => {
      if (isGone(connection)) return void this.jobs.delete(jobId);
      if (snapshot) this.#note(jobId, snapshot);
      return !snapshot || !isTerminal(snapshot.status);
    });
    const told = going?.find(({ connection }) => connection.status !== 'failed') ?? going?.[0];
    if (told && told.connection !== this.connection) this.#connectionChanged(told.connection);
    if (going?.length === 0) this.#stop();
    if (this.#visible) this.#host.requestUpdate();
  };

  #note(jobId: string, job: JobSnapshot): void {
    const before = this.jobs.get(jobId);
    // One that is not listed any more is not brought back by an event.
    if (before === job || (!before && !this.#jobIds.includes(jobId))) return;
    this.jobs.set(jobId, job);
    if (before && !isTerminal(before.status) && isTerminal(job.status)) this.#news.ended(before, job);
  }

  #connectionChanged(connection: ConnectionState): void {
    this.connection = connection;
    if (connection.status === 'failed') this.#gaveUp(connection.error);
    else if (this.present) {
      this.#outage.end();
      this.#news.connected();
    }
    this.#keepTrying();
  }

  /** Told once for each outage. */
  #gaveUp(error: Error): void {
    if (this.#outage.begin(error)) this.#news.failed(error);
  }

  #keepTrying(): void {
    this.#outage.watch({ failed: this.adrift || this.error !== undefined, visible: this.#visible });
  }

  #stop(): void {
    this.#view?.close();
    this.#view = undefined;
    this.#followed = new Set();
    this.connection = CONNECTING;
    this.#keepTrying();
  }

  #release(): void {
    forgetCommit(this.#commit);
    this.#loading.abort();
    this.#stop();
    this.#outage.end();
    this.jobs.clear();
    this.error = undefined;
    this.source = undefined;
  }
}
