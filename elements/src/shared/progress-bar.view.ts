/** The bar of five segments, sized by the stages' ranges. */
import { STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { fill } from './fill.ts';
import { wholePercent } from './format.ts';
import type { JobController } from './job-controller.ts';
import { lastKnown } from './job-facts.view.ts';

export function progressBar(control: JobController, label: string): TemplateResult {
  const { job, state, gliding } = control;
  // An unknown value is no value: neither 0 nor the last one of another job.
  const value = job && job.status !== 'Queued' ? wholePercent(job.percent) : nothing;
  return html`<div
    part="bar"
    class="bar ${state} ${gliding ? 'glides' : ''}"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${value}
    aria-valuetext=${valueText(control)}
  >
    ${STAGES.map(
      ({ name, from, to }, index) =>
        html`<span class="segment ${job?.steps[index]?.status ?? ''}" data-stage=${name}>
          <span class="fill" ${fill(fraction(job, from, to))}></span>
        </span>`,
    )}
  </div>`;
}

function valueText({ job, state, strings, adrift }: JobController): string {
  if (job && adrift) return lastKnown(job, strings);
  if (!job || job.status === 'Queued' || job.status === 'Succeeded') return strings[state];
  return strings.valueText(strings.steps[job.stage], wholePercent(job.percent));
}

function fraction(job: JobSnapshot | null, from: number, to: number): number {
  return job ? Math.min(1, Math.max(0, (job.percent - from) / (to - from))) : 0;
}
