/** The job state machine (guide, "Job State Machine"). */
import { byWord } from './by-word.ts';

/** State of a job. `Paused` is an extension: it is read, and this project's server sends it only with the pause option. */
export type JobStatus = 'Queued' | 'Running' | 'Paused' | 'Succeeded' | 'Failed' | 'Canceled';

/** Whether the state machine allows the step from one status to another. */
export function canTransition(from: JobStatus, to: JobStatus): boolean {
  if (from === 'Running') return to !== 'Queued' && to !== 'Running';
  return !isTerminal(from) && (to === 'Running' || to === 'Canceled');
}

/** Whether a status has no way out. */
export function isTerminal(status: JobStatus): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Canceled';
}

/** Whether a cancel request can still do something (guide: from `Queued` or `Running`). */
export function isCancellable(status: JobStatus): boolean {
  return !isTerminal(status);
}

// Compared without case and punctuation.
const WORDS: Record<JobStatus, string> = {
  Queued: 'pending waiting connecting enqueued',
  Running: 'processing started inprogress',
  Paused: 'paused',
  Succeeded: 'success done completed complete',
  Failed: 'error faulted',
  Canceled: 'cancelled',
};

/**
 * Canonical status for any spelling a backend uses, or `undefined` when the word says nothing (then ask `GET`;
 * protocol sheet, section 3.3, AC-39).
 *
 * @example foldStatus('cancelled') // 'Canceled'
 */
export const foldStatus: (raw: unknown) => JobStatus | undefined = /* @__PURE__ */ byWord(WORDS);
