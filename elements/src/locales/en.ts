/** English: every text that an element shows or speaks. */
import type { StageName, StepStatus } from '@aura-jobs/sdk';
import { formatBytes, formatSpan } from '../shared/format.ts';

const steps: Record<StageName, string> = {
  Script: 'Script',
  TTS: 'Narration',
  Visuals: 'Visuals',
  Composition: 'Composition',
  Rendering: 'Rendering',
};

/** `Left`: pending in a job that has ended. `Last`: running when it was last seen. */
const stepStatus: Record<StepStatus | 'Left' | 'Last', string> = {
  Pending: 'Waiting',
  Running: 'In progress',
  Succeeded: 'Done',
  Failed: 'Failed',
  Skipped: 'Skipped',
  Canceled: 'Cancelled',
  Left: 'Not done',
  Last: 'Last known',
};

/** Names of the filters of a list. */
const jobStatus: Record<'All' | 'Running' | 'Queued' | 'Succeeded' | 'Failed' | 'Canceled', string> = {
  All: 'All',
  Running: 'Running',
  Queued: 'Waiting',
  Succeeded: 'Ready',
  Failed: 'Failed',
  Canceled: 'Cancelled',
};

export const en = {
  /** Tag of the language, and how it is written. */
  lang: 'en',
  dir: 'ltr' as 'ltr' | 'rtl',
  steps,
  stepStatus,
  label: 'Video progress',

  idle: 'No job to show yet.',
  loading: 'Loading the job…',
  missing: 'Job not found',
  missingDetail: 'It may have expired, or it belongs to somebody else.',
  denied: 'Access denied',
  deniedDetail: 'You may not see this job. Sign in, then reconnect.',
  lost: 'Connection lost',
  lostDetail: 'Work goes on at the server. This page just cannot see it right now.',

  queued: 'Waiting to start',
  running: 'Making your video',
  paused: 'Paused',
  succeeded: 'Your video is ready',
  failed: 'The video could not be made',
  canceled: 'Cancelled',
  succeededShort: 'Ready',
  lastKnown: (what: string): string => `Last known: ${what}`,

  percent: (percent: number): string => `${percent}%`,
  queuePosition: (ahead: number): string =>
    ahead === 0 ? 'Next in line' : ahead === 1 ? '1 job is ahead' : `${ahead} jobs are ahead`,
  item: (stage: StageName, item: number, of: number): string =>
    stage === 'TTS' || stage === 'Visuals' ? `scene ${item} of ${of}` : `${item} of ${of}`,
  elapsed: (seconds: number): string => `${formatSpan(seconds)} elapsed`,
  took: (seconds: number): string => (seconds < 1 ? '<1s' : formatSpan(seconds)),
  madeIn: (seconds: number): string => `Made in ${formatSpan(seconds)}`,
  attempt: (attempt: number): string => `Attempt ${attempt}`,
  bytes: (bytes: number): string => formatBytes(bytes, 'en'),

  remainingUnknown: 'time left unknown',
  remaining(seconds: number): string {
    if (seconds < 5) return 'a few seconds left';
    if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s left`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `about ${minutes} min left`;
    return `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  },

  valueText: (step: string, percent: number): string => `${step}, ${percent}%`,
  stoppedAt: (step: string, percent: number): string => `Stopped in ${step} at ${percent}%.`,
  failedIn: (step: string): string => `Failed in ${step}`,
  stalled: (seconds: number, step: string, percent: number): string =>
    `Nothing has moved for ${formatSpan(seconds)} (${step}, ${percent}%). It may still go on; you can wait or cancel.`,

  connecting: 'Connecting…',
  live: 'Live',
  polling: 'Live, checking often',
  offline: 'Offline',
  reconnecting: (attempt: number, of: number, seconds: number): string =>
    seconds > 0 ? `Reconnecting ${attempt} of ${of} in ${seconds}s` : `Reconnecting ${attempt} of ${of}…`,
  reconnect: 'Reconnect',

  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  cancelTitle: 'Cancel this video?',
  cancelText: 'Work stops now and its temporary files are deleted. This cannot be undone.',
  cancelYes: 'Cancel the video',
  cancelNo: 'Keep going',
  refusedCancel: 'It could not be cancelled.',

  retry: 'Try again',
  retrying: 'Starting again…',
  refusedRetry: 'It could not be started again.',

  stepsTitle: 'Steps',
  warnings: (count: number): string => (count === 1 ? '1 warning' : `${count} warnings`),
  olderWarnings: (count: number): string => (count === 1 ? '1 older in the log' : `${count} older in the log`),
  dismiss: (message: string): string => `Dismiss: ${message}`,
  log: 'Log',
  details: 'Technical details',
  downloads: 'Files',
  moreFiles: 'More files',
  subtitles: 'Subtitles',
  reference: 'Reference',
  copy: 'Copy',
  copied: 'Copied',
  noPlayer: 'The video’s address cannot be opened from this page:',
  noFiles: 'The video and its files cannot be opened right now. This page keeps trying.',

  // Drawer, log and list.
  close: 'Close',
  copyLink: 'Copy link',
  linkEnds: 'The link works for a few minutes.',
  follow: 'Follow',
  queuedSince: (time: string): string => `waiting since ${time}`,
  lastNews: (seconds: number): string => `last update ${formatSpan(seconds)} ago`,
  jobs: 'Jobs',
  jobsLoading: 'Loading the jobs…',
  jobsFailed: 'The jobs could not be loaded.',
  noJobs: 'No jobs yet.',
  noneLikeThis: 'No job is in this state.',
  jobStatus,
  openJob: (title: string): string => `Open: ${title}`,
  selectJob: (title: string): string => `Select: ${title}`,
  selectAll: 'Select all that can be cancelled',
  retryJob: (title: string): string => `Try again: ${title}`,
  cancelMany: (count: number): string => (count === 1 ? 'Cancel 1 job' : `Cancel ${count} jobs`),
  cancelManyTitle: (count: number): string => (count === 1 ? 'Cancel this video?' : `Cancel ${count} videos?`),
  cancelManyYes: (count: number): string => (count === 1 ? 'Cancel the video' : `Cancel ${count} videos`),
  clear: 'Clear finished',
  clearTitle: (count: number): string => (count === 1 ? 'Delete 1 finished job?' : `Delete ${count} finished jobs?`),
  clearText: 'Videos and files are deleted, too. This cannot be undone.',
  clearYes: 'Delete',
  clearNo: 'Keep',
  refusedMany: (count: number, reason: string): string =>
    count === 1 ? `It was not done for 1 job. ${reason}` : `It was not done for ${count} jobs. ${reason}`,

  spokenQueued: 'Waiting to start.',
  spokenStep: (step: string, position: number, of: number): string => `Step ${position} of ${of}: ${step}.`,
  spokenSucceeded: 'Your video is ready.',
  spokenFailed: (reason: string): string => `The video could not be made. ${reason}`,
  spokenCanceled: 'The job was cancelled.',
  spokenStalled: 'Nothing has moved for a while.',
  spokenLost: 'Connection lost.',
};

/** What a language has to provide. */
export type Strings = typeof en;
