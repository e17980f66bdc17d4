/** What `<aura-job-list>` shows: filters, tools, rows, and the drawer of the chosen job. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { liveRegions } from '../shared/announcer.ts';
import { askingButton } from '../shared/asking-button.view.ts';
import { badge } from '../shared/connection-badge.view.ts';
import type { AuraJobRetriedEvent } from '../shared/events.ts';
import { warningIcon } from '../shared/icons.ts';
import { reasonOf } from '../shared/pending-command.ts';
import { FILTERS, matches } from './filters.ts';
import type { JobFilter } from './filters.ts';
import type { JobListController } from './job-list-controller.ts';
import { jobRow } from './job-row.view.ts';
import type { ListCommands } from './list-commands.ts';

export interface JobListOptions {
  strings: Strings;
  commands: ListCommands;
  filter: JobFilter;
  selected: ReadonlySet<string>;
  /** How many could be. */
  selectable: number;
  /** How many can be deleted. */
  clearable: number;
  /** How many the question was about. */
  asked: number;
  /** All jobs in order. */
  jobs: readonly JobSnapshot[];
  /** Those of the filter. */
  found: readonly JobSnapshot[];
  /** How many of them are rendered so far. */
  shown: number;
  /** Job in the drawer; empty for none. */
  opened: string;
  choose: (filter: JobFilter) => void;
  selectAll: (all: boolean) => void;
  cancelSelected: () => void;
  askClear: () => void;
  clear: () => void;
  rowEvent: (event: Event) => void;
  closed: () => void;
  /** The drawer goes on with another job. */
  retried: (event: AuraJobRetriedEvent) => void;
}

type Part = TemplateResult | typeof nothing;

export function jobListView(list: JobListController, options: JobListOptions): TemplateResult {
  const { strings, jobs, opened, rowEvent } = options;
  const { live, adrift, present, connection } = list;
  const { pending } = options.commands;
  const row = { strings, pending, selected: options.selected, adrift, present };
  return html`<section part="base" class="list" aria-labelledby="title">
      <header part="header">
        <h2 part="title" id="title" tabindex="-1" data-focus-home>${strings.jobs}</h2>
        ${live ? badge({ connection, strings }) : nothing}
      </header>
      ${jobs.length > 0 ? [filters(options), tools(options)] : nothing} ${notices(list, options)}
      <ul
        part="jobs"
        class="jobs"
        ?hidden=${options.found.length === 0}
        @click=${rowEvent}
        @change=${rowEvent}
        @keydown=${rowEvent}
      >
        ${repeat(
          options.found.slice(0, options.shown),
          ({ jobId }) => jobId,
          (job) => jobRow(job, row),
        )}
      </ul>
      ${emptiness(list, options)} ${liveRegions()}
    </section>
    <aura-render-status
      variant="drawer"
      .client=${list.source}
      .jobId=${opened}
      .open=${opened !== ''}
      @aura-closed=${options.closed}
      @aura-job-completed=${stop}
      @aura-job-failed=${stop}
      @aura-job-canceled=${stop}
      @aura-job-retried=${options.retried}
    ></aura-render-status>`;
}

/** The list tells itself how its jobs end; a drawer would also tell of one that had ended before it was opened. */
function stop(event: Event): void {
  event.stopPropagation();
}

function filters({ strings, jobs, filter, choose }: JobListOptions): TemplateResult {
  return html`<div part="filters" class="filters" role="group" aria-label=${strings.jobs}>
    ${FILTERS.map((name) => {
      const count = jobs.filter((job) => matches(job, name)).length;
      return html`<button
        part="button filter-button"
        class="small"
        type="button"
        aria-pressed=${name === filter}
        @click=${() => choose(name)}
      >
        ${strings.jobStatus[name]} <span class="count">${count}</span>
      </button>`;
    })}
  </div>`;
}

function tools(options: JobListOptions): TemplateResult {
  const { strings, selected, selectable, clearable, asked } = options;
  const count = selected.size;
  return html`<div part="tools" class="tools">
    <label class="check">
      <input
        part="select-all"
        type="checkbox"
        aria-label=${strings.selectAll}
        ?disabled=${selectable === 0}
        .checked=${count > 0 && count >= selectable}
        .indeterminate=${count > 0 && count < selectable}
        @change=${(event: Event) => options.selectAll((event.currentTarget as HTMLInputElement).checked)}
      />
    </label>
    ${askingButton({
      name: 'cancel',
      look: 'small',
      label: count > 0 ? strings.cancelMany(count) : strings.cancel,
      idle: count === 0,
      title: strings.cancelManyTitle(count),
      text: strings.cancelText,
      yes: strings.cancelManyYes(count),
      no: strings.cancelNo,
      confirmed: options.cancelSelected,
    })}
    ${askingButton({
      name: 'clear',
      look: 'small',
      label: strings.clear,
      idle: clearable === 0,
      asked: options.askClear,
      title: strings.clearTitle(asked),
      text: strings.clearText,
      yes: strings.clearYes,
      no: strings.clearNo,
      confirmed: options.clear,
    })}
  </div>`;
}

/** What went wrong, and the button for another try. */
function notices(list: JobListController, { strings, commands: { refused } }: JobListOptions): Part[] {
  const failed = list.error !== undefined;
  const why = failed ? `${strings.jobsFailed} ${reasonOf(list.error, strings)}` : list.adrift ? strings.lostDetail : '';
  return [
    why
      ? html`<div part="lost" class="notice lost-notice" role="alert">
          ${warningIcon}<span>${why}</span>
          <button part="button reconnect-button" class="small" type="button" @click=${() => list.refresh()}>
            ${list.loading ? strings.connecting : failed ? strings.retry : strings.reconnect}
          </button>
        </div>`
      : nothing,
    refused.count > 0
      ? html`<p part="refusal" class="danger-text" role="alert">
          ${strings.refusedMany(refused.count, reasonOf(refused.reason, strings))}
        </p>`
      : nothing,
  ];
}

function emptiness({ loading, error }: JobListController, { strings, jobs, found }: JobListOptions): Part {
  if (found.length > 0 || (error && jobs.length === 0)) return nothing;
  if (jobs.length > 0) return html`<p class="muted">${strings.noneLikeThis}</p>`;
  if (loading) return html`<p part="loading" class="muted" role="status">${strings.jobsLoading}</p>`;
  return html`<slot name="empty"><p class="muted">${strings.noJobs}</p></slot>`;
}
