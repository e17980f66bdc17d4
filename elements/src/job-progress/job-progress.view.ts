/** What `<aura-job-progress>` shows. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { liveRegions } from '../shared/announcer.ts';
import { cancelControl, cancelRefusal } from '../shared/cancel.view.ts';
import { connectionBadge, reconnectButton } from '../shared/connection-badge.view.ts';
import { wholePercent } from '../shared/format.ts';
import type { JobController } from '../shared/job-controller.ts';
import { jobFacts, madeIn } from '../shared/job-facts.view.ts';
import { progressBar } from '../shared/progress-bar.view.ts';

export interface JobProgressOptions {
  label: string;
  cancellable: boolean;
}

export function jobProgressView(control: JobController, { label, cancellable }: JobProgressOptions): TemplateResult {
  const { job, state, strings } = control;
  const percent = job && state !== 'queued' ? strings.percent(wholePercent(job.percent)) : nothing;
  return html`<div part="base" class="base">
    <div class="head">
      <span part="stage" class="title" tabindex="-1" data-focus-home>
        <slot name="label">${label ? `${label}: ` : nothing}</slot>${title(control)}
      </span>
      <span part="message" class="message">${message(control)}</span>
      <span part="percent" class="percent">${percent}</span>
    </div>
    ${progressBar(control, label || job?.title || strings.label)}
    <div class="foot">
      ${job ? outcome(job, strings) : nothing}
      <span class="side">
        ${connectionBadge(control)} ${state === 'lost' || state === 'denied' ? reconnectButton(control) : nothing}
        ${cancellable ? cancelControl(control, 'small') : nothing}
      </span>
    </div>
    ${cancelRefusal(control)} ${liveRegions()}
  </div>`;
}

function title({ job, state, strings, commands }: JobController): string {
  if (commands.cancelling.pending) return strings.cancelling;
  switch (state) {
    case 'running':
      return strings.steps[job!.stage];
    case 'succeeded':
      return strings.succeededShort;
    case 'failed':
      return strings.failedIn(strings.steps[job!.stage]);
    default:
      return strings[state];
  }
}

function message({ job, state, strings }: JobController): string {
  if (state === 'missing' || state === 'denied' || state === 'lost') return strings[`${state}Detail`];
  return job && state === 'running' ? job.message : '';
}

/** The last line: facts while the job runs, then how it ended. */
function outcome(job: JobSnapshot, strings: Strings): TemplateResult {
  const quiet = (text: string): TemplateResult => html`<span part="facts" class="facts">${text}</span>`;
  switch (job.status) {
    case 'Succeeded':
      return quiet(madeIn(job, strings));
    case 'Failed':
      return html`<span part="error" class="danger-text">${job.errorMessage}</span>`;
    case 'Canceled':
      return quiet(strings.stoppedAt(strings.steps[job.stage], wholePercent(job.percent)));
    default:
      return jobFacts(job, strings);
  }
}
