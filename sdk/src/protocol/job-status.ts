/** The job state machine (guide, "Job State Machine"). */

/** State of a job. `Paused` is an extension: it is read, and this project's server sends it only with the pause option. */
export type JobStatus = 'Queued' | 'Running' | 'Paused' | 'Succeeded' | 'Failed' | 'Canceled';

const NEXT: Record<JobStatus, readonly JobStatus[]> = {
  Queued: ['Running', 'Canceled'],
  Running: ['Paused', 'Succeeded', 'Failed', 'Canceled'],
  Paused: ['Running', 'Canceled'],
  Succeeded: [],
  Failed: [],
  Canceled: [],
};

/** Whether the state machine allows the step from one status to another. */
export function canTransition(from: JobStatus, to: JobStatus): boolean {
  return NEXT[from].includes(to);
}

/** Whether a status has no way out. */
export function isTerminal(status: JobStatus): boolean {
  return NEXT[status].length === 0;
}

/** Whether a cancel request can still do something (guide: from `Queued` or `Running`). */
export function isCancellable(status: JobStatus): boolean {
  return !isTerminal(status);
}

const ALIASES: Record<JobStatus, string> = {
  Queued: 'queued pending waiting connecting enqueued',
  Running: 'running processing started inprogress',
  Paused: 'paused',
  Succeeded: 'succeeded success done completed complete',
  Failed: 'failed error faulted',
  Canceled: 'canceled cancelled',
};

const STATUS_BY_ALIAS = /* @__PURE__ */ new Map<string, JobStatus>(
  /* @__PURE__ */ (Object.keys(ALIASES) as JobStatus[]).flatMap((status) =>
    ALIASES[status].split(' ').map((alias): [string, JobStatus] => [alias, status]),
  ),
);

/**
 * Canonical status for any spelling a backend uses, or `undefined` when the word says nothing (then ask `GET`;
 * protocol sheet, section 3.3, AC-39).
 *
 * @example foldStatus('cancelled') // 'Canceled'
 */
export function foldStatus(raw: unknown): JobStatus | undefined {
  return typeof raw === 'string' ? STATUS_BY_ALIAS.get(raw.toLowerCase().replace(/[^a-z]/g, '')) : undefined;
}
