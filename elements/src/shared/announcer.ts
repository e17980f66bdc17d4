/** Speaks to screen readers: the start, each step, the end, and trouble; percentages at most each quarter. */
import { isTerminal, STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import type { JobState } from './job-state.ts';

export interface Announcement {
  readonly text: string;
  /** Interrupts: failures only. */
  readonly assertive?: boolean;
  /** The job's name, said first. Without it a job is named only when another one was heard last. */
  readonly name?: string;
}

/** What is spoken besides endings and trouble: start and steps, every quarter of the job, or nothing. */
export type AnnounceProfile = 'steps' | 'quarters' | 'end';

/** Two elements on one job get the same snapshot object, and one voice is enough. */
const spoken = new WeakSet<object>();

/** What is worth saying about the step from one snapshot to the next. */
export function announcementFor(
  before: JobSnapshot | null,
  job: JobSnapshot,
  strings: Strings,
  profile: AnnounceProfile = 'steps',
): Announcement | undefined {
  const goesOn = !isTerminal(job.status);
  if (goesOn && before?.stalledSeconds === null && job.stalledSeconds !== null) return { text: strings.spokenStalled };
  if (goesOn && profile !== 'steps') {
    const quarter = Math.floor(job.percent / 25);
    if (profile === 'end' || !before || quarter <= Math.floor(before.percent / 25)) return undefined;
    return { text: strings.valueText(strings.steps[job.stage], quarter * 25) };
  }
  if (before?.status === job.status && before.stage === job.stage) return undefined;
  switch (job.status) {
    case 'Queued':
      return { text: strings.spokenQueued };
    case 'Paused':
      return { text: strings.paused };
    case 'Running': {
      const position = STAGES.findIndex(({ name }) => name === job.stage) + 1;
      return { text: strings.spokenStep(strings.steps[job.stage], position, STAGES.length) };
    }
    default:
      // A job that had ended before anybody looked is no news.
      return before && !isTerminal(before.status) ? ending(job, strings) : undefined;
  }
}

/** Why nothing more is heard of the job. */
export function spokenTrouble(state: JobState, strings: Strings): string {
  if (state !== 'missing' && state !== 'denied') return strings.spokenLost;
  return `${strings[state]}. ${strings[`${state}Detail`]}`;
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

/** The job that was heard last. */
let heard: string | undefined;

/**
 * Speaks once the live regions are there, unless another element has spoken for the same `subject`: the first news may
 * come before the first render. An open drawer has the first word: nothing beside it is heard. One that nobody hears
 * leaves the word to another.
 */
export function announce(host: LitElement, announcement: Announcement | undefined, subject: object): void {
  if (!announcement) return;
  const first = host.matches('[variant=drawer][open]') && !spoken.has(subject);
  if (first) spoken.add(subject);
  void host.updateComplete.then(() => {
    const role = announcement.assertive ? 'alert' : 'status';
    const region = host.renderRoot.querySelector(`.spoken[role=${role}]`);
    if (!region || !(first || (!spoken.has(subject) && audible(region)))) return;
    spoken.add(subject);
    region.textContent = named(announcement, host, subject);
  });
}

/** Whether what is said there is heard: not in a closed tab of the page. */
function audible(region: Element): boolean {
  let at: Element | null = region;
  while (at && !at.matches('[inert], [aria-hidden=true]')) {
    at = at.assignedSlot ?? at.parentElement ?? (at.getRootNode() as ShadowRoot).host;
  }
  return !at && region.checkVisibility({ visibilityProperty: true });
}

/** Takes back what was said, so that the failure of one job is not found beside the next. */
export function hush(host: LitElement): void {
  for (const region of host.renderRoot.querySelectorAll('.spoken')) region.textContent = '';
}

function named({ text, name }: Announcement, host: object, subject: object): string {
  const { jobId, title } = subject as Partial<JobSnapshot>;
  const other = jobId !== undefined && heard !== undefined && jobId !== heard;
  heard = jobId ?? heard;
  const said = name ?? (other && ((host as { label?: string }).label || title));
  return said ? `${said}: ${text}` : text;
}
