/** The tags in Vue's templates, as the template checker sees them. */
/// <reference types="@aura-jobs/elements/vue" />
import { AuraClient } from '@aura-jobs/sdk';
import type { GlobalComponents } from 'vue';

type Progress = InstanceType<GlobalComponents['aura-job-progress']>;
type Props = Progress['$props'];

export const accepted: Props[] = [
  { 'job-id': 'job-1', 'base-url': '/', variant: 'compact', cancellable: true, class: ['x'] },
  { jobId: 'job-1', client: new AuraClient(), lang: 'de' },
];

export const refused: Props[] = [
  // @ts-expect-error a job id is a text
  { jobId: 7 },
  // @ts-expect-error there is no such look
  { variant: 'square' },
];

export function listen(emit: Progress['$emit'], event: HTMLElementEventMap['aura-progress']): void {
  emit('aura-progress', event);
  // @ts-expect-error there is no such event
  emit('aura-nothing', event);
}
