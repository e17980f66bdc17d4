/** What `<aura-job-progress>` shows. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { liveRegions } from '../shared/announcer.ts';
import { cancelControl, cancelRefusal } from '../shared/cancel.view.ts';
import { connectionBadge, reconnectButton } from '../shared/connection-badge.view.ts';
import { wholePercent } from '../shared/format.ts';
import type { JobController } from '../shared/job-controller.ts';
import { jobFacts, lastKnown, madeIn } from '../shared/job-facts.view.ts';
import { progressBar } from '../shared/progress-bar.view.ts';

/** How it looks. They differ in their style sheet; `minimal` has no words for the eye. */
export type JobProgressVariant = 'bar' | 'ring' | 'compact' | 'minimal';

export interface JobProgressOptions {
  variant: JobProgressVariant;
  label: string;
  cancellable: boolean;
}

export function jobProgressView(control: JobController, options: JobProgressOptions): TemplateResult {
  const { variant, label } = options;
  const shape = variant === 'ring' || variant === 'compact' ? 'ring' : 'bar';
  const meter = progressBar(control, label || control.job?.title || control.strings.label, shape);
  return html`<div part="base" class="base is-${variant}">
    ${variant === 'minimal' ? meter : withWords(control, meter, options)} ${liveRegions()}
  </div>`;
}

function withWords(
  control: JobController,
  meter: TemplateResult,
  { label, cancellable }: JobProgressOptions,
): TemplateResult {
  const { job, state, strings, adrift } = control;
  const percent = job && state !== 'queued' && !adrift ? strings.percent(wholePercent(job.percent)) : nothing;
  return html`<div class="head">
      <span part="stage" class="title" tabindex="-1" data-focus-home>
        <slot name="label">${label ? `${label}: ` : nothing}</slot>${title(control)}
      </span>
      ${job && state === 'running' ? html`<span part="message" class="message">${job.message}</span>` : nothing}
      <span part="percent" class="percent">${percent}</span>
    </div>
    ${meter} ${trouble(control)}
    <div class="foot">
      ${job && !adrift ? outcome(job, control) : nothing}
      <span class="side">
        ${connectionBadge(control)} ${reconnectButton(control, 'small')}
        ${cancellable ? cancelControl(control, 'small') : nothing}
      </span>
    </div>
    ${cancelRefusal(control)}`;
}

function title({ job, state, strings, commands, adrift }: JobController): string {
  if (job && adrift) return lastKnown(job, strings);
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

/** Why nothing can be seen, in a whole sentence. */
function trouble({ state, strings }: JobController): TemplateResult | typeof nothing {
  if (state !== 'missing' && state !== 'denied' && state !== 'lost') return nothing;
  return html`<p part="message" class="muted">${strings[`${state}Detail`]}</p>`;
}

/** The last line: facts while the job runs, then how it ended. */
function outcome(job: JobSnapshot, control: JobController): TemplateResult {
  const { strings } = control;
  const quiet = (text: string): TemplateResult => html`<div part="facts" class="facts"><span>${text}</span></div>`;
  switch (job.status) {
    case 'Succeeded':
      return quiet(madeIn(job, strings));
    case 'Failed':
      return html`<span part="error" class="danger-text">${job.errorMessage}</span>`;
    case 'Canceled':
      return quiet(strings.stoppedAt(strings.steps[job.stage], wholePercent(job.percent)));
    default:
      return jobFacts(job, control);
  }
}
