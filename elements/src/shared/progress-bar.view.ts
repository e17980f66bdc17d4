/** The progress of a job in five segments, sized by the stages' ranges: as a bar or as a ring. */
import { STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { fill } from './fill.ts';
import { wholePercent } from './format.ts';
import type { JobController } from './job-controller.ts';
import { lastKnown } from './job-facts.view.ts';

/** Space between the arcs of a ring, in percent of the way round. */
const ARC_GAP = 2;

/** @param shape what it looks like; it says the same either way */
export function progressBar(control: JobController, label: string, shape: 'bar' | 'ring' = 'bar'): TemplateResult {
  const { job, state, gliding } = control;
  // An unknown value is no value: neither 0 nor the last one of another job.
  const value = job && job.status !== 'Queued' ? wholePercent(job.percent) : nothing;
  return html`<div
    part=${shape}
    class="meter ${shape} ${state} ${gliding ? 'glides' : ''}"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${value}
    aria-valuetext=${valueText(control)}
  >
    ${shape === 'bar' ? segments(job) : arcs(job)}
  </div>`;
}

function segments(job: JobSnapshot | null): TemplateResult[] {
  return STAGES.map(({ name, from, to }, index) => {
    const value = fraction(job, from, to);
    const extent = value === 0 ? 'none' : value === 1 ? 'full' : '';
    return html`<span class="segment ${extent} ${job?.steps[index]?.status ?? ''}" data-stage=${name}>
      <span class="fill" ${fill(value)}></span>
    </span>`;
  });
}

/** Each arc on its own ground. A path length of one unit: the dash moves by the fraction alone. */
function arcs(job: JobSnapshot | null): TemplateResult {
  const arc = (index: number, look: string, value: number): TemplateResult => {
    const { from, to } = STAGES[index]!;
    const turn = (from + ARC_GAP / 2) * 3.6 - 90;
    return svg`<circle
      class="${look} ${job?.steps[index]?.status ?? ''}"
      cx="50"
      cy="50"
      r="42"
      pathLength=${100 / (to - from - ARC_GAP)}
      transform="rotate(${turn} 50 50)"
      ${fill(value)}
    ></circle>`;
  };
  return html`<svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
    ${STAGES.map(({ from, to }, index) => [arc(index, 'ground', 1), arc(index, 'arc', fraction(job, from, to))])}
  </svg>`;
}

function valueText({ job, state, strings, adrift }: JobController): string {
  if (job && adrift) return lastKnown(job, strings);
  if (!job || job.status === 'Queued' || job.status === 'Succeeded') return strings[state];
  return strings.valueText(strings.steps[job.stage], wholePercent(job.percent));
}

function fraction(job: JobSnapshot | null, from: number, to: number): number {
  return job ? Math.min(1, Math.max(0, (job.percent - from) / (to - from))) : 0;
}
