/** What a controller needs of an element that shows one job. */
import type { LitElement } from 'lit';
import type { AnnounceProfile } from './announcer.ts';
import type { JobSource } from './job-source.ts';

export interface JobHost extends LitElement {
  client: JobSource | undefined;
  jobId: string;
  baseUrl: string;
  announce: AnnounceProfile;
  /** Shown above the page wherever it stands, and whether it is open; closed, it follows nothing. */
  readonly overlay?: boolean | undefined;
}
