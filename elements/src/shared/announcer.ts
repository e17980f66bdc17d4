/** Speaks to screen readers: the start, each step, the end, and trouble; never percentages. */
import { isTerminal, STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';

export interface Announcement {
  readonly text: string;
  /** Interrupts: failures only. */
  readonly assertive?: boolean;
}

/** Two elements on one job get the same snapshot object, and one voice is enough. */
const spoken = new WeakSet<object>();

/** What is worth saying about the step from one snapshot to the next. */
export function announcementFor(
  before: JobSnapshot | null,
  job: JobSnapshot,
  strings: Strings,
): Announcement | undefined {
  if (before?.status === job.status && before.stage === job.stage) {
    const stalls = before.stalledSeconds === null && job.stalledSeconds !== null;
    return stalls ? { text: strings.spokenStalled } : undefined;
  }
  switch (job.status) {
    case 'Queued':
      return { text: strings.spokenQueued };
    case 'Running':
    case 'Paused': {
      const position = STAGES.findIndex(({ name }) => name === job.stage) + 1;
      return { text: strings.spokenStep(strings.steps[job.stage], position, STAGES.length) };
    }
    default:
      // A job that had ended before anybody looked is no news.
      return before && !isTerminal(before.status) ? ending(job, strings) : undefined;
  }
}

function ending(job: JobSnapshot, strings: Strings): Announcement {
  if (job.status === 'Succeeded') return { text: strings.spokenSucceeded };
  if (job.status === 'Canceled') return { text: strings.spokenCanceled };
  return { text: strings.spokenFailed(job.errorMessage ?? ''), assertive: true };
}

/** The live regions. They hold no bindings, so that speaking never waits for a paint. */
export function liveRegions(): TemplateResult {
  return html`<div class="spoken" role="status"></div>
    <div class="spoken" role="alert"></div>`;
}

/** Puts an announcement into the live regions of `root`, unless another element has said it for the same `subject`. */
export function announce(root: ParentNode, { text, assertive = false }: Announcement, subject: object): void {
  if (spoken.has(subject)) return;
  spoken.add(subject);
  const region = root.querySelector(`.spoken[role=${assertive ? 'alert' : 'status'}]`);
  if (region) region.textContent = text;
}
