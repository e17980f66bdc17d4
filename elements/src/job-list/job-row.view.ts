/** One job of a list: its state, its name, how far it is. All rows share the listeners of the list. */
import { isCancellable } from '@aura-jobs/sdk';
import type { JobSnapshot, StepStatus } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { fill } from '../shared/fill.ts';
import { wholePercent } from '../shared/format.ts';
import { stepIcons } from '../shared/icons.ts';
import { lastKnown, madeIn, remaining } from '../shared/job-facts.view.ts';

export interface RowOptions {
  strings: Strings;
  /** What is shown is the present. */
  present: boolean;
  adrift: boolean;
  pending: ReadonlySet<string>;
  selected: ReadonlySet<string>;
}

export function jobRow(job: JobSnapshot, options: RowOptions): TemplateResult {
  const { strings, pending, selected } = options;
  const { jobId, status } = job;
  const title = titleOf(job);
  const running = status === 'Running' || status === 'Paused';
  const busy = pending.has(jobId);
  return html`<li
    part="job"
    class="job ${status} ${running && (!options.present || status === 'Paused') ? 'still' : ''}"
    data-id=${jobId}
  >
    <label class="check" ?hidden=${!isCancellable(status)}>
      <input type="checkbox" aria-label=${strings.selectJob(title)} ?disabled=${busy} .checked=${selected.has(jobId)} />
    </label>
    ${stepIcons[iconOf(job)]}
    <button part="open-button" class="name" type="button">${title}</button>
    <span part="job-state" class="state"><slot name="about-${jobId}"></slot>${stateOf(job, busy, options)}</span>
    ${running ? html`<span part="percent" class="percent">${strings.percent(wholePercent(job.percent))}</span>` : nothing}
    ${
      status === 'Failed'
        ? html`<button
            part="button retry-button"
            class="small retry"
            type="button"
            aria-label=${strings.retryJob(title)}
            aria-disabled=${busy ? 'true' : nothing}
          >
            ${busy ? strings.retrying : strings.retry}
          </button>`
        : nothing
    }
    ${running ? html`<span class="step-bar"><i class="fill" ${fill(job.percent / 100)}></i></span>` : nothing}
  </li>`;
}

export function titleOf({ title, jobId }: JobSnapshot): string {
  return title ?? jobId;
}

function iconOf({ status }: JobSnapshot): StepStatus {
  return status === 'Queued' ? 'Pending' : status === 'Paused' ? 'Running' : status;
}

function stateOf(job: JobSnapshot, busy: boolean, { strings, present, adrift }: RowOptions): string {
  if (isCancellable(job.status) && adrift) return lastKnown(job, strings);
  if (isCancellable(job.status) && busy) return strings.cancelling;
  switch (job.status) {
    case 'Running':
      return present ? `${strings.steps[job.stage]} · ${outlook(job, strings)}` : strings.steps[job.stage];
    case 'Queued':
      return job.queuePosition === null ? strings.queued : strings.queuePosition(job.queuePosition);
    case 'Failed':
      return job.errorMessage ?? strings.failedIn(strings.steps[job.stage]);
    case 'Succeeded':
      return madeIn(job, strings) || strings.succeededShort;
    case 'Canceled':
      return strings.stoppedAt(strings.steps[job.stage], wholePercent(job.percent));
    default:
      return strings.paused;
  }
}

/** An estimate of a job that stalls would be a guess. */
function outlook(job: JobSnapshot, strings: Strings): string {
  return job.stalledSeconds === null ? remaining(job, strings) : strings.spokenStalled;
}
