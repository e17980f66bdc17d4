/** What a controller needs of an element that shows one job. */
import type { LitElement } from 'lit';
import type { JobSource } from './job-source.ts';

export interface JobHost extends LitElement {
  client: JobSource | undefined;
  jobId: string;
  baseUrl: string;
}
