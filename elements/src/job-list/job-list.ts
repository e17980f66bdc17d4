/** The element `<aura-job-list>`. */
import { isCancellable, isTerminal } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { LitElement } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { announce, announcementFor } from '../shared/announcer.ts';
import { controlStyles } from '../shared/controls.styles.ts';
import { ElementLanguage } from '../shared/element-language.ts';
import { endingEvent } from '../shared/ending-event.ts';
import { AuraOpenRequestEvent } from '../shared/events.ts';
import { FocusKeeper } from '../shared/focus-keeper.ts';
import type { JobSource } from '../shared/job-source.ts';
import { noticeStyles } from '../shared/notice.styles.ts';
import { progressBarStyles } from '../shared/progress-bar.styles.ts';
import { scopeToRegistry } from '../shared/scope-to-registry.ts';
import { themeStyles } from '../shared/theme.styles.ts';
import { VERSION } from '../shared/version.ts';
import { askable, inOrder, matches } from './filters.ts';
import type { JobFilter } from './filters.ts';
import { JobListController } from './job-list-controller.ts';
import { jobListStyles } from './job-list.styles.ts';
import { jobListView } from './job-list.view.ts';
import { titleOf } from './job-row.view.ts';
import { ListCommands } from './list-commands.ts';
import { stepFrom } from './row-keys.ts';

/** Rows that are added in one turn, so that a long list does not hold up the page. */
const ROWS_PER_TURN = 50;

/**
 * @summary Shows many jobs, live over one connection: filter, cancel, delete and retry; opens a drawer for each.
 *
 * Custom properties are those of `<aura-job-progress>`.
 *
 * @example
 * <aura-job-list base-url="https://video.example.com"></aura-job-list>
 *
 * @attr {string} base-url - Where the API lives; the page's own origin by default.
 * @attr {'All' | 'Running' | 'Queued' | 'Succeeded' | 'Failed' | 'Canceled'} filter - Which jobs are shown.
 * @attr {string} lang - Language of the texts.
 *
 * @slot empty - Shown while there are no jobs.
 * @slot about-JOBID - What the page knows of the job with this id, before its state: whose it is, for example.
 *
 * @fires {AuraJobCompletedEvent} aura-job-completed - a job succeeded
 * @fires {AuraJobFailedEvent} aura-job-failed - a job failed
 * @fires {AuraJobCanceledEvent} aura-job-canceled - a job was cancelled
 * @fires {AuraErrorEvent} aura-error - the list cannot be loaded or followed, or a command was refused
 * @fires {AuraOpenRequestEvent} aura-open-request - the person chose a job; preventable
 * @fires {AuraClosedEvent} aura-closed - the drawer was closed
 * @fires {AuraCancelRequestEvent} aura-cancel-request - the person confirmed Cancel, once for each job; preventable
 * @fires {AuraDeleteRequestEvent} aura-delete-request - the person confirmed Clear, once for each job; preventable
 * @fires {AuraJobDeletedEvent} aura-job-deleted - a job and its files are deleted
 * @fires {AuraRetryRequestEvent} aura-retry-request - the person chose Try again; preventable
 * @fires {AuraJobRetriedEvent} aura-job-retried - the retry was accepted, and the new job is in the list
 *
 * @csspart base - Everything.
 * @csspart header - Title and connection.
 * @csspart title - The heading.
 * @csspart connection - The connection badge.
 * @csspart filters - The filters, with how many jobs each has.
 * @csspart tools - Select all, Cancel, Clear.
 * @csspart select-all - The checkbox for all jobs that can be cancelled.
 * @csspart lost - The notice that the list cannot be loaded or followed.
 * @csspart refusal - What the server did not do, and why.
 * @csspart loading - Shown until the first jobs have come.
 * @csspart jobs - The list.
 * @csspart job - One job.
 * @csspart open-button - Name of a job, which opens it.
 * @csspart job-state - Stage and time left, or how the job ended.
 * @csspart percent - Percent of a running job.
 * @csspart button - Any button; also `filter-button`, `cancel-button`, `clear-button`, `retry-button`, `danger-button`,
 * `reconnect-button`.
 * @csspart dialog - The question before cancelling or deleting.
 */
export class AuraJobList extends LitElement {
  static readonly version = VERSION;

  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    jobIds: { attribute: false },
    baseUrl: { attribute: 'base-url' },
    filter: { reflect: true, useDefault: true },
    lang: { reflect: true, useDefault: true },
  };

  static override styles = [themeStyles, controlStyles, progressBarStyles, noticeStyles, jobListStyles];

  /** The client to use, instead of `base-url` or a provider. */
  declare client: JobSource | undefined;
  /** Jobs to show besides those that the server lists; set a new array to add one. */
  declare jobIds: readonly string[];
  /** Where the API lives. */
  declare baseUrl: string;
  /** Which jobs are shown. */
  declare filter: JobFilter;
  /** Language of the texts. */
  declare lang: string;

  readonly #language = new ElementLanguage(this);
  readonly #list = new JobListController(this, {
    ended: (before, job) => this.#ended(before, job),
    failed: (error) => this.#commands.tellError(error),
    connected: () => this.#commands.reconnected(),
  });
  readonly #commands = new ListCommands(this, this.#list);
  #selectable: readonly string[] = [];
  #selected: ReadonlySet<string> = new Set();
  #clearable: readonly string[] = [];
  /** Those that the question was about: more may end before it is answered. */
  #asked: readonly string[] = [];
  #jobs: readonly JobSnapshot[] = [];
  #found: readonly JobSnapshot[] = [];
  #shown = ROWS_PER_TURN;
  #opened = '';

  constructor() {
    super();
    this.jobIds = [];
    this.baseUrl = '';
    this.filter = 'All';
    this.lang = '';
    new FocusKeeper(this);
  }

  /** In a page's own registry the drawer is made by that registry, too. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    scopeToRegistry(this);
    return super.createRenderRoot();
  }

  /** Asks the server for the list again. */
  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('filter')) this.#shown = ROWS_PER_TURN;
    this.#jobs = inOrder(this.#list.jobs.values());
    this.#found = this.#jobs.filter((job) => matches(job, this.filter));
    const { pending } = this.#commands;
    this.#selectable = askable(this.#found, pending, isCancellable);
    this.#clearable = askable(this.#found, pending, isTerminal);
    this.#selected = new Set(this.#selectable.filter((id) => this.#selected.has(id)));
  }

  override render(): TemplateResult {
    const [jobs, selected] = [this.#jobs, this.#selected];
    return jobListView(this.#list, {
      strings: this.#language.strings,
      commands: this.#commands,
      filter: this.filter,
      selectable: this.#selectable.length,
      selected,
      clearable: this.#clearable.length,
      asked: this.#asked.length,
      jobs,
      found: this.#found,
      shown: this.#shown,
      opened: this.#opened,
      choose: (filter) => (this.filter = filter),
      selectAll: (all) => this.#select(all ? this.#selectable : []),
      cancelSelected: () => {
        this.#select([]);
        void this.#commands.cancel([...selected]);
      },
      askClear: () => {
        this.#asked = this.#clearable;
        this.requestUpdate();
      },
      clear: () => void this.#commands.clear(this.#asked, this.#language.strings),
      rowEvent: this.#rowEvent,
      closed: () => this.#open(''),
      retried: ({ detail }) => {
        this.#open(detail.jobId);
        void this.refresh();
      },
    });
  }

  override updated(): void {
    // Nothing is left of what the question was about.
    if (this.#selected.size === 0) this.renderRoot.querySelector<HTMLDialogElement>('.tools > dialog')?.close();
    if (this.#shown >= this.#found.length) return;
    this.#shown += ROWS_PER_TURN;
    this.#list.paint();
  }

  #ended(before: JobSnapshot, job: JobSnapshot): void {
    this.#commands.pending.delete(job.jobId);
    this.dispatchEvent(endingEvent(job));
    // The drawer speaks for its job: beside an open dialog nothing is heard.
    if (job.jobId === this.#opened) return;
    const said = announcementFor(before, job, this.#language.strings, 'end');
    announce(this, said && { ...said, name: titleOf(job) }, job);
  }

  #select(jobIds: Iterable<string>): void {
    this.#selected = new Set(jobIds);
    this.requestUpdate();
  }

  #open(jobId: string): void {
    this.#opened = jobId;
    this.requestUpdate();
  }

  /** One listener for the clicks, checks and keys of all rows. */
  readonly #rowEvent = (event: Event): void => {
    const target = event.target as HTMLElement;
    const row = target.closest('li');
    const jobId = row?.dataset.id;
    if (!jobId) return;
    if (event.type === 'keydown') return stepFrom(row, event as KeyboardEvent);
    if (event.type === 'change') {
      const { checked } = target as HTMLInputElement;
      const others = [...this.#selected].filter((id) => id !== jobId);
      this.#select(checked ? [...others, jobId] : others);
    } else if (target.closest('.retry')) void this.#commands.retry(jobId);
    else if (target.closest('.name') && this.dispatchEvent(new AuraOpenRequestEvent({ jobId }))) this.#open(jobId);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'aura-job-list': AuraJobList;
  }
}
