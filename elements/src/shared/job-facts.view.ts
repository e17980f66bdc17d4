/** One quiet line about a job: time left, item, time spent; how long it took; where it was last seen. */
import { parseTimeSpan } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { formatTime, secondsBetween, wholePercent } from './format.ts';
import type { JobController } from './job-controller.ts';
import type { NewsClock } from './news-clock.ts';

export function jobFacts(job: JobSnapshot, { strings, news }: JobController): TemplateResult {
  const told = facts(job, strings, news).map((fact) => html`<span>${fact}</span>`);
  return html`<div part="facts" class="facts">${told}</div>`;
}

/** Where a job stood when it was last seen. */
export function lastKnown(job: JobSnapshot, strings: Strings): string {
  const at = strings.valueText(strings.steps[job.stage], wholePercent(job.percent));
  return strings.lastKnown(job.status === 'Queued' ? strings.queued : at);
}

/** How long a finished job took; empty where nobody knows. */
export function madeIn({ startedAt, createdAt, completedAt }: JobSnapshot, strings: Strings): string {
  const seconds = secondsBetween(startedAt ?? createdAt, completedAt);
  return seconds === undefined ? '' : strings.madeIn(seconds);
}

function facts(job: JobSnapshot, strings: Strings, news: NewsClock): string[] {
  if (job.status === 'Queued') return waiting(job, strings);
  const elapsed = news.elapsed(job);
  return [
    outlook(job, strings, news),
    item(job, strings),
    elapsed === undefined ? '' : strings.elapsed(elapsed),
  ].filter((fact) => fact !== '');
}

/** Whoever knows nothing new of a job, knows no estimate; one that is paused has none. */
function outlook(job: JobSnapshot, strings: Strings, news: NewsClock): string {
  if (job.status === 'Paused') return '';
  return job.status === 'Running' && news.stale ? lastNews(news, strings) : remaining(job, strings);
}

function waiting({ queuePosition, createdAt }: JobSnapshot, strings: Strings): string[] {
  const since = createdAt && formatTime(createdAt, strings.lang, 'short');
  return [
    ...(queuePosition === null ? [] : [strings.queuePosition(queuePosition)]),
    ...(since ? [strings.queuedSince(since)] : []),
  ];
}

function lastNews({ age }: NewsClock, strings: Strings): string {
  return age === undefined ? '' : strings.lastNews(age);
}

/** Said even when nobody knows it, so that the line keeps its place. */
export function remaining({ estimatedTimeRemaining }: JobSnapshot, strings: Strings): string {
  const seconds = parseTimeSpan(estimatedTimeRemaining);
  return seconds === undefined ? strings.remainingUnknown : strings.remaining(Math.max(0, seconds));
}

/** An encoder counts seconds or frames, which its message says better. */
function item({ stage, currentItem, totalItems, substageDetail }: JobSnapshot, strings: Strings): string {
  if (stage === 'Rendering') return '';
  return currentItem && totalItems ? strings.item(stage, currentItem, totalItems) : substageDetail;
}
