/** The events that elements fire. All bubble and cross shadow borders; `detail` is plain frozen data. */
import type { Artifact, JobError, JobOutput, JobStatus, StageName } from '@aura-jobs/sdk';

/** Base of all events. Facts are told, requests (`…-request`) can be prevented. */
class AuraEvent<Detail extends object> extends Event {
  readonly detail: Readonly<Detail>;

  constructor(type: string, detail: Detail, { cancelable = false } = {}) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.detail = deepFreeze(structuredClone(detail));
  }
}

export interface JobCompletedDetail {
  jobId: string;
  output: JobOutput | null;
  artifacts: readonly Artifact[];
}

/** The job succeeded. */
export class AuraJobCompletedEvent extends AuraEvent<JobCompletedDetail> {
  constructor(detail: JobCompletedDetail) {
    super('aura-job-completed', detail);
  }
}

export interface JobFailedDetail {
  jobId: string;
  stage: StageName;
  errorMessage: string | null;
  errors: readonly JobError[];
  correlationId: string | null;
}

/** The job failed. */
export class AuraJobFailedEvent extends AuraEvent<JobFailedDetail> {
  constructor(detail: JobFailedDetail) {
    super('aura-job-failed', detail);
  }
}

export interface JobCanceledDetail {
  jobId: string;
  stage: StageName;
  percent: number;
}

/** The job was cancelled, by whomever. */
export class AuraJobCanceledEvent extends AuraEvent<JobCanceledDetail> {
  constructor(detail: JobCanceledDetail) {
    super('aura-job-canceled', detail);
  }
}

export interface ProgressDetail {
  jobId: string;
  status: JobStatus;
  stage: StageName;
  percent: number;
  message: string;
}

/** The job moved on; at most ten a second. */
export class AuraProgressEvent extends AuraEvent<ProgressDetail> {
  constructor(detail: ProgressDetail) {
    super('aura-progress', detail);
  }
}

export interface ErrorDetail {
  jobId: string;
  /** Symbolic code, for example `JobNotFound`. */
  code: string;
  message: string;
}

/** The element cannot do its work: the connection is given up, or a command was refused. */
export class AuraErrorEvent extends AuraEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('aura-error', detail);
  }
}

export interface JobRequestDetail {
  jobId: string;
}

/** The person has confirmed to cancel; `preventDefault()` keeps the element from asking the server. */
export class AuraCancelRequestEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-cancel-request', detail, { cancelable: true });
  }
}

/** The person wants a retry; `preventDefault()` keeps the element from asking the server. */
export class AuraRetryRequestEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-retry-request', detail, { cancelable: true });
  }
}

export interface JobRetriedDetail {
  /** The new job, which the element shows from now on. */
  jobId: string;
  /** The failed one. */
  retryOf: string;
}

/** A retry was accepted. */
export class AuraJobRetriedEvent extends AuraEvent<JobRetriedDetail> {
  constructor(detail: JobRetriedDetail) {
    super('aura-job-retried', detail);
  }
}

/** The person chose a job in a list; `preventDefault()` keeps its drawer closed. */
export class AuraOpenRequestEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-open-request', detail, { cancelable: true });
  }
}

/** The person has confirmed to delete an ended job; `preventDefault()` keeps it. */
export class AuraDeleteRequestEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-delete-request', detail, { cancelable: true });
  }
}

/** A job and its files are deleted. */
export class AuraJobDeletedEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-job-deleted', detail);
  }
}

/** A drawer was closed, by the person or by the page. */
export class AuraClosedEvent extends AuraEvent<JobRequestDetail> {
  constructor(detail: JobRequestDetail) {
    super('aura-closed', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'aura-job-completed': AuraJobCompletedEvent;
    'aura-job-failed': AuraJobFailedEvent;
    'aura-job-canceled': AuraJobCanceledEvent;
    'aura-progress': AuraProgressEvent;
    'aura-error': AuraErrorEvent;
    'aura-cancel-request': AuraCancelRequestEvent;
    'aura-retry-request': AuraRetryRequestEvent;
    'aura-open-request': AuraOpenRequestEvent;
    'aura-delete-request': AuraDeleteRequestEvent;
    'aura-job-deleted': AuraJobDeletedEvent;
    'aura-closed': AuraClosedEvent;
    'aura-job-retried': AuraJobRetriedEvent;
  }
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
