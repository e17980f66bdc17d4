/** What the controller of a list needs of its element. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import type { LitElement } from 'lit';
import type { JobSource } from '../shared/job-source.ts';

export interface JobListHost extends LitElement {
  client: JobSource | undefined;
  baseUrl: string;
  jobIds: readonly string[];
}

/** What a controller has to tell. */
export interface JobListNews {
  /** A job has ended while it was watched. */
  ended(before: JobSnapshot, job: JobSnapshot): void;
  /** The jobs cannot be loaded or followed. */
  failed(error: unknown): void;
  /** They can be followed, again or for the first time. */
  connected(): void;
}
