/** Written by manifest/generate.mjs from the class comments. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  AuraClientProvider as AuraClientProviderElement,
  AuraJobList as AuraJobListElement,
  AuraJobProgress as AuraJobProgressElement,
  AuraRenderStatus as AuraRenderStatusElement,
} from '../index.ts';
import { wrapElement } from './wrap-element.ts';

/** Own properties of a class, attributes by their names in HTML, and `on…` for each event. */
type Tag<
  Class,
  Own extends keyof Class,
  Attributes,
  Event extends keyof HTMLElementEventMap = never,
> = DetailedHTMLProps<Omit<HTMLAttributes<Class>, Own>, Class> &
  Partial<Pick<Class, Own>> &
  Partial<Attributes> & { [Name in Event as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'aura-client': Tag<
        AuraClientProviderElement,
        'client' | 'getToken' | 'baseUrl' | 'credentials' | 'transport',
        { 'base-url': string }
      >;
      'aura-job-list': Tag<
        AuraJobListElement,
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
        AuraJobProgressElement,
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
        AuraRenderStatusElement,
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
}

/** `<aura-client>`: Gives all Aura elements inside it one client: where the API lives, how to sign in, how events travel. */
export const AuraClientProvider = wrapElement('aura-client', [
  'client',
  'getToken',
  'baseUrl',
  'credentials',
  'transport',
]);

/** `<aura-job-list>`: Shows many jobs, live over one connection: filter, cancel, delete and retry; opens a drawer for each. */
export const AuraJobList = wrapElement(
  'aura-job-list',
  ['client', 'jobIds', 'baseUrl', 'filter', 'lang'],
  [
    'aura-job-completed',
    'aura-job-failed',
    'aura-job-canceled',
    'aura-error',
    'aura-open-request',
    'aura-closed',
    'aura-cancel-request',
    'aura-delete-request',
    'aura-job-deleted',
    'aura-retry-request',
    'aura-job-retried',
  ],
);

/** `<aura-job-progress>`: Shows one job in little room, live, as a bar, a ring, a line or a mere bar: stage, percent, message, time left, connection. */
export const AuraJobProgress = wrapElement(
  'aura-job-progress',
  ['variant', 'label', 'cancellable', 'client', 'jobId', 'baseUrl', 'announce', 'lang'],
  ['aura-progress', 'aura-job-completed', 'aura-job-failed', 'aura-job-canceled', 'aura-error', 'aura-cancel-request'],
);

/** `<aura-render-status>`: Shows one job as a card or in a drawer, live: steps, warnings, log; cancel and retry; the finished video or what went wrong. */
export const AuraRenderStatus = wrapElement(
  'aura-render-status',
  ['variant', 'open', 'client', 'jobId', 'baseUrl', 'announce', 'lang'],
  [
    'aura-progress',
    'aura-job-completed',
    'aura-job-failed',
    'aura-job-canceled',
    'aura-error',
    'aura-cancel-request',
    'aura-retry-request',
    'aura-job-retried',
    'aura-closed',
  ],
);
