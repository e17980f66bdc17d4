/** The five steps: icon, name, status in words, how far, how long. */
import { isTerminal } from '@aura-jobs/sdk';
import type { JobSnapshot, StepSnapshot, StepStatus } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { fill } from '../shared/fill.ts';
import { secondsBetween, wholePercent } from '../shared/format.ts';
import { stepIcons } from '../shared/icons.ts';
import type { JobController } from '../shared/job-controller.ts';

export function stepList({ strings, adrift }: JobController, job: JobSnapshot): TemplateResult {
  const paused = job.status === 'Paused';
  return html`<ol part="steps" class="steps ${adrift || paused ? 'still' : ''}" aria-label=${strings.stepsTitle}>
    ${job.steps.map((step) => {
      const held = step.status === 'Running' && paused && !adrift;
      const words = held ? strings.paused : strings.stepStatus[wording(step.status, isTerminal(job.status), adrift)];
      return stepRow(step, words, strings);
    })}
  </ol>`;
}

/** Nothing waits for a job that has ended, and nobody knows what goes on out of sight. */
function wording(status: StepStatus, ended: boolean, adrift: boolean): keyof Strings['stepStatus'] {
  if (status === 'Pending' && ended) return 'Left';
  return status === 'Running' && adrift ? 'Last' : status;
}

function stepRow(step: StepSnapshot, words: string, strings: Strings): TemplateResult {
  const { name, status, progressPct } = step;
  return html`<li part="step" class="step ${status}" data-step=${name} data-status=${status}>
    ${stepIcons[status]}
    <span class="step-name">${strings.steps[name]}</span>
    <span class="step-status">${words}</span>
    <span class="step-figure">${figure(step, strings)}</span>
    ${status === 'Running' ? html`<span class="step-bar"><i class="fill" ${fill(progressPct / 100)}></i></span>` : nothing}
  </li>`;
}

function figure({ status, progressPct, startedAt, completedAt }: StepSnapshot, strings: Strings): string {
  if (status === 'Running') return strings.percent(wholePercent(progressPct));
  const seconds = secondsBetween(startedAt, completedAt);
  return seconds === undefined || status === 'Skipped' ? '' : strings.took(seconds);
}
