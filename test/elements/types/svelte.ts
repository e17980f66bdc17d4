/** The tags in Svelte's templates. */
/// <reference types="@aura-jobs/elements/svelte" />
import type { SvelteHTMLElements } from 'svelte/elements';

type Props = SvelteHTMLElements['aura-render-status'];

export const accepted: Props[] = [
  { 'job-id': 'job-1', class: 'x', 'onaura-job-failed': (event) => event.detail.errors.length },
  { 'on:aura-job-retried': ({ detail }) => detail.retryOf, lang: 'de' },
];

export const refused: Props[] = [
  // @ts-expect-error a job id is a text
  { jobId: 7 },
  // @ts-expect-error there is no such event
  { 'onaura-nothing': () => undefined },
];
