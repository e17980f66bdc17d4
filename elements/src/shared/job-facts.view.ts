/** One quiet line about a running job: time left, item, time spent. */
import { parseTimeSpan } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { secondsBetween } from './format.ts';

export function jobFacts(job: JobSnapshot, strings: Strings): TemplateResult {
  return html`<div part="facts" class="facts">${facts(job, strings).map((fact) => html`<span>${fact}</span>`)}</div>`;
}

/** How long a finished job took; empty where nobody knows. */
export function madeIn({ startedAt, createdAt, completedAt }: JobSnapshot, strings: Strings): string {
  const seconds = secondsBetween(startedAt ?? createdAt, completedAt);
  return seconds === undefined ? '' : strings.madeIn(seconds);
}

function facts(job: JobSnapshot, strings: Strings): string[] {
  if (job.status === 'Queued') return job.queuePosition === null ? [] : [strings.queuePosition(job.queuePosition)];
  const { stage, currentItem, totalItems, substageDetail } = job;
  const remaining = parseTimeSpan(job.estimatedTimeRemaining);
  const elapsed = parseTimeSpan(job.elapsedTime);
  return [
    // What is left is said even when nobody knows it, so that the line keeps its place.
    remaining === undefined ? strings.remainingUnknown : strings.remaining(Math.max(0, remaining)),
    currentItem && totalItems ? strings.item(stage, currentItem, totalItems) : substageDetail,
    elapsed === undefined ? '' : strings.elapsed(elapsed),
  ].filter((fact) => fact !== '');
}
