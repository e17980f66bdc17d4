/** Written by manifest/generate.mjs from the class comments. */
import type { ɵɵDirectiveDeclaration, ɵɵFactoryDeclaration } from '@angular/core';
import type {
  AuraClientProvider as AuraClientProviderElement,
  AuraJobList as AuraJobListElement,
  AuraJobProgress as AuraJobProgressElement,
  AuraRenderStatus as AuraRenderStatusElement,
} from '@aura-jobs/elements';

/** `<aura-client>`: Gives all Aura elements inside it one client: where the API lives, how to sign in, how events travel. */
export declare class AuraClientProvider {
  /** A client made by the page; wins over everything else. */
  set client(value: AuraClientProviderElement['client']);
  /** Asked for a bearer token before each request. */
  set getToken(value: AuraClientProviderElement['getToken']);
  /** Where the API lives. */
  set baseUrl(value: AuraClientProviderElement['baseUrl']);
  /** Whether cookies are sent. */
  set credentials(value: AuraClientProviderElement['credentials']);
  /** How events travel. */
  set transport(value: AuraClientProviderElement['transport']);
  static ɵfac: ɵɵFactoryDeclaration<AuraClientProvider, never>;
  static ɵdir: ɵɵDirectiveDeclaration<
    AuraClientProvider,
    'aura-client',
    never,
    {
      client: { alias: 'client'; required: false };
      getToken: { alias: 'getToken'; required: false };
      baseUrl: { alias: 'baseUrl'; required: false };
      credentials: { alias: 'credentials'; required: false };
      transport: { alias: 'transport'; required: false };
    },
    {},
    never,
    never,
    true,
    never
  >;
}

/** `<aura-job-list>`: Shows many jobs, live over one connection: filter, cancel, delete and retry; opens a drawer for each. */
export declare class AuraJobList {
  /** The client to use, instead of `base-url` or a provider. */
  set client(value: AuraJobListElement['client']);
  /** Jobs to show besides those that the server lists; set a new array to add one. */
  set jobIds(value: AuraJobListElement['jobIds']);
  /** Where the API lives. */
  set baseUrl(value: AuraJobListElement['baseUrl']);
  /** Which jobs are shown. */
  set filter(value: AuraJobListElement['filter']);
  /** Language of the texts. */
  set lang(value: AuraJobListElement['lang']);
  static ɵfac: ɵɵFactoryDeclaration<AuraJobList, never>;
  static ɵdir: ɵɵDirectiveDeclaration<
    AuraJobList,
    'aura-job-list',
    never,
    {
      client: { alias: 'client'; required: false };
      jobIds: { alias: 'jobIds'; required: false };
      baseUrl: { alias: 'baseUrl'; required: false };
      filter: { alias: 'filter'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    {},
    never,
    never,
    true,
    never
  >;
}

/** `<aura-job-progress>`: Shows one job in little room, live, as a bar, a ring, a line or a mere bar: stage, percent, message, time left, connection. */
export declare class AuraJobProgress {
  /** How it looks. */
  set variant(value: AuraJobProgressElement['variant']);
  /** Name of the job. */
  set label(value: AuraJobProgressElement['label']);
  /** Offers Cancel while the job can be cancelled. */
  set cancellable(value: AuraJobProgressElement['cancellable'] | '');
  /** The client to use, instead of `base-url` or a provider. */
  set client(value: AuraJobProgressElement['client']);
  /** The job to show. */
  set jobId(value: AuraJobProgressElement['jobId']);
  /** Where the API lives. */
  set baseUrl(value: AuraJobProgressElement['baseUrl']);
  /** What is spoken without being asked for; endings and trouble always are. */
  set announce(value: AuraJobProgressElement['announce']);
  /** Language of the texts. */
  set lang(value: AuraJobProgressElement['lang']);
  static ɵfac: ɵɵFactoryDeclaration<AuraJobProgress, never>;
  static ɵdir: ɵɵDirectiveDeclaration<
    AuraJobProgress,
    'aura-job-progress',
    never,
    {
      variant: { alias: 'variant'; required: false };
      label: { alias: 'label'; required: false };
      cancellable: { alias: 'cancellable'; required: false };
      client: { alias: 'client'; required: false };
      jobId: { alias: 'jobId'; required: false };
      baseUrl: { alias: 'baseUrl'; required: false };
      announce: { alias: 'announce'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    {},
    never,
    never,
    true,
    never
  >;
}

/** `<aura-render-status>`: Shows one job as a card or in a drawer, live: steps, warnings, log; cancel and retry; the finished video or what went wrong. */
export declare class AuraRenderStatus {
  /** How it looks. */
  set variant(value: AuraRenderStatusElement['variant']);
  /** Shows the drawer. */
  set open(value: AuraRenderStatusElement['open'] | '');
  /** The client to use, instead of `base-url` or a provider. */
  set client(value: AuraRenderStatusElement['client']);
  /** The job to show. */
  set jobId(value: AuraRenderStatusElement['jobId']);
  /** Where the API lives. */
  set baseUrl(value: AuraRenderStatusElement['baseUrl']);
  /** What is spoken without being asked for; endings and trouble always are. */
  set announce(value: AuraRenderStatusElement['announce']);
  /** Language of the texts. */
  set lang(value: AuraRenderStatusElement['lang']);
  static ɵfac: ɵɵFactoryDeclaration<AuraRenderStatus, never>;
  static ɵdir: ɵɵDirectiveDeclaration<
    AuraRenderStatus,
    'aura-render-status',
    never,
    {
      variant: { alias: 'variant'; required: false };
      open: { alias: 'open'; required: false };
      client: { alias: 'client'; required: false };
      jobId: { alias: 'jobId'; required: false };
      baseUrl: { alias: 'baseUrl'; required: false };
      announce: { alias: 'announce'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    {},
    never,
    never,
    true,
    never
  >;
}

/** All of them, for the `imports` of a component. */
export declare const AURA_ELEMENTS: readonly [
  typeof AuraClientProvider,
  typeof AuraJobList,
  typeof AuraJobProgress,
  typeof AuraRenderStatus,
];
