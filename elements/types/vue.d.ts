/** Written by manifest/generate.mjs from the class comments. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { AuraClientProvider, AuraJobList, AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';

/** A class as a template sees it. */
type Tag<
  Class,
  Own extends keyof Class,
  Attributes,
  Event extends keyof HTMLElementEventMap = never,
> = new () => Class & {
  $props: Omit<HTMLAttributes, Own> & Partial<Pick<Class, Own>> & Partial<Attributes> & PublicProps;
  $emit: EmitFn<{ [Name in Event]: (event: HTMLElementEventMap[Name]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
    'aura-client': Tag<
      AuraClientProvider,
      'client' | 'getToken' | 'baseUrl' | 'credentials' | 'transport',
      { 'base-url': string }
    >;
    'aura-job-list': Tag<
      AuraJobList,
      'client' | 'jobIds' | 'baseUrl' | 'filter' | 'lang',
      { 'base-url': string },
      | 'aura-job-completed'
      | 'aura-job-failed'
      | 'aura-job-canceled'
      | 'aura-error'
      | 'aura-open-request'
      | 'aura-closed'
      | 'aura-cancel-request'
      | 'aura-delete-request'
      | 'aura-job-deleted'
      | 'aura-retry-request'
      | 'aura-job-retried'
    >;
    'aura-job-progress': Tag<
      AuraJobProgress,
      'variant' | 'label' | 'cancellable' | 'client' | 'jobId' | 'baseUrl' | 'announce' | 'lang',
      { 'base-url': string; 'job-id': string },
      | 'aura-progress'
      | 'aura-job-completed'
      | 'aura-job-failed'
      | 'aura-job-canceled'
      | 'aura-error'
      | 'aura-cancel-request'
    >;
    'aura-render-status': Tag<
      AuraRenderStatus,
      'variant' | 'open' | 'client' | 'jobId' | 'baseUrl' | 'announce' | 'lang',
      { 'base-url': string; 'job-id': string },
      | 'aura-progress'
      | 'aura-job-completed'
      | 'aura-job-failed'
      | 'aura-job-canceled'
      | 'aura-error'
      | 'aura-cancel-request'
      | 'aura-retry-request'
      | 'aura-job-retried'
      | 'aura-closed'
    >;
  }
}
