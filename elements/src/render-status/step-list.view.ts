/** The five steps: icon, name, status in words, how far, how long. */
import type { JobSnapshot, StepSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { fill } from '../shared/fill.ts';
import { secondsBetween, wholePercent } from '../shared/format.ts';
import { stepIcons } from '../shared/icons.ts';

export function stepList(job: JobSnapshot, strings: Strings): TemplateResult {
  return html`<ol part="steps" class="steps" aria-label=${strings.stepsTitle}>
    ${job.steps.map((step) => stepRow(step, strings))}
  </ol>`;
}

function stepRow(step: StepSnapshot, strings: Strings): TemplateResult {
  const { name, status, progressPct } = step;
  return html`<li part="step" class="step ${status}" data-step=${name} data-status=${status}>
    ${stepIcons[status]}
    <span class="step-name">${strings.steps[name]}</span>
    <span class="step-status">${strings.stepStatus[status]}</span>
    <span class="step-figure">${figure(step, strings)}</span>
    ${status === 'Running' ? html`<span class="step-bar"><i class="fill" ${fill(progressPct / 100)}></i></span>` : nothing}
  </li>`;
}

function figure({ status, progressPct, startedAt, completedAt }: StepSnapshot, strings: Strings): string {
  if (status === 'Running') return strings.percent(wholePercent(progressPct));
  const seconds = secondsBetween(startedAt, completedAt);
  return seconds === undefined || status === 'Skipped' ? '' : strings.took(seconds);
}
