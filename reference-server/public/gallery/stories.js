/** Every state of every element in every variant. Pages and tests show them; nothing here touches a page. */
import { jobs, NOW } from './jobs.js';

/**
 * @typedef {object} Story
 * @property {string} id such as `aura-job-progress/bar/running`
 * @property {string} tag
 * @property {string} variant
 * @property {string} state
 * @property {object | null} snapshot
 * @property {object} connection
 * @property {string} jobId
 * @property {object} [commands] what the server answers
 * @property {object[] | Error | 'never'} [listed] the jobs of a list; why there are none
 * @property {object} [set] more properties
 * @property {string[]} clicks parts that are clicked in turn
 * @property {string} [slots] what the page puts inside
 * @property {boolean} modal it covers the page, so it is shown alone
 */

export const VARIANTS = {
  'aura-job-progress': ['bar', 'ring', 'compact', 'minimal'],
  'aura-render-status': ['card', 'inline', 'drawer'],
  'aura-job-list': ['list'],
};

const open = { status: 'open' };

/** As the SDK throws it. @param {string} code */
const failed = (code) => ({
  status: 'failed',
  error: Object.assign(new Error(code), { code, retryable: false, [Symbol.for('aura-jobs.error')]: true }),
});

const reconnecting = {
  status: 'reconnecting',
  attempt: 2,
  of: 5,
  nextAttemptAt: NOW + 4000,
  reason: new Error('gone'),
};

/** The server says why. @param {string} detail */
const refusal = (detail) =>
  Object.assign(new Error(detail), { problem: { detail }, [Symbol.for('aura-jobs.error')]: true });
const refuse = { cancel: () => Promise.reject(refusal('The film is being written to disk.')) };
const refuseRetry = { retry: () => Promise.reject(refusal('Five jobs a minute are allowed.')) };
const confirmed = ['cancel-button', 'danger-button'];

/** What can be seen of a job in any element. */
const STATES = {
  idle: { jobId: '' },
  loading: { connection: { status: 'connecting' } },
  missing: { connection: failed('JobNotFound') },
  denied: { connection: failed('AccessDenied') },
  unreachable: { connection: failed('ConnectionLost') },
  queued: { snapshot: jobs.queued },
  next: { snapshot: jobs.next },
  started: { snapshot: jobs.started },
  running: { snapshot: jobs.running },
  encoding: { snapshot: jobs.encoding },
  long: { snapshot: jobs.long },
  paused: { snapshot: jobs.paused },
  stalled: { snapshot: jobs.stalled },
  polling: { snapshot: jobs.running, connection: { status: 'polling' } },
  offline: { snapshot: jobs.running, connection: { status: 'offline' } },
  reconnecting: { snapshot: jobs.running, connection: reconnecting },
  lost: { snapshot: jobs.running, connection: failed('ConnectionLost') },
  asking: { snapshot: jobs.running, clicks: ['cancel-button'], modal: true },
  cancelling: { snapshot: jobs.running, clicks: confirmed },
  'cancel-refused': { snapshot: jobs.running, clicks: confirmed, commands: refuse },
  succeeded: { snapshot: jobs.succeeded },
  failed: { snapshot: jobs.failed },
  canceled: { snapshot: jobs.canceled },
};

/** What only the larger element shows. */
const MORE = {
  warned: { snapshot: jobs.warned },
  'log-open': { snapshot: jobs.running, clicks: ['log'] },
  unplayable: { snapshot: jobs.unplayable },
  ticketed: {
    snapshot: jobs.succeeded,
    commands: { ticket: () => Promise.resolve({ token: 'x', expiresInSeconds: 600 }) },
  },
  'files-refused': { snapshot: jobs.succeeded, commands: { ticket: () => Promise.reject(new Error('No.')) } },
  'failed-plainly': { snapshot: jobs.failedPlainly },
  'details-open': { snapshot: jobs.failed, clicks: ['details'] },
  'key-missing': { snapshot: jobs.keyMissing, slots: '<a slot="settings" href="#settings">Open settings</a>' },
  'encoder-missing': { snapshot: jobs.encoderMissing, slots: '<a slot="encoder-help" href="#ffmpeg">Get FFmpeg</a>' },
  retrying: { snapshot: jobs.failed, clicks: ['retry-button'] },
  'retry-refused': { snapshot: jobs.failed, clicks: ['retry-button'], commands: refuseRetry },
  again: { snapshot: jobs.again },
};

const listed = [
  { ...jobs.running, jobId: 'job-1' },
  { ...jobs.encoding, jobId: 'job-2', title: 'Why the sky is blue' },
  { ...jobs.queued, jobId: 'job-3', title: 'A short history of the lighthouse' },
  { ...jobs.failed, jobId: 'job-4', title: 'Spring tides and neap tides' },
  { ...jobs.succeeded, jobId: 'job-5', title: 'The moon in ten pictures' },
  { ...jobs.canceled, jobId: 'job-6', title: jobs.long.title },
];

const refuseMany = {
  cancelMany: (/** @type {string[]} */ ids) =>
    Promise.resolve(ids.map((jobId) => ({ jobId, accepted: false, message: 'The film is being written to disk.' }))),
};

/** What a list of jobs shows. */
const LIST_STATES = {
  loading: { listed: 'never' },
  empty: { listed: [] },
  unreachable: { listed: refusal('The server does not answer.') },
  full: { listed },
  resting: {
    listed: [
      { ...jobs.paused, jobId: 'job-1' },
      { ...jobs.stalled, jobId: 'job-2', title: 'Why the sky is blue' },
      { ...jobs.warned, jobId: 'job-3', title: 'A short history of the lighthouse' },
    ],
  },
  none: { listed: listed.slice(0, 4), set: { filter: 'Canceled' } },
  offline: { listed, connection: { status: 'offline' } },
  reconnecting: { listed, connection: reconnecting },
  lost: { listed, connection: failed('ConnectionLost') },
  selected: { listed, clicks: ['select-all'] },
  asking: { listed, clicks: ['clear-button'], modal: true },
  cancelling: { listed, clicks: ['select-all', ...confirmed] },
  refused: { listed, clicks: ['select-all', ...confirmed], commands: refuseMany },
  opened: { listed, clicks: ['open-button'], modal: true },
};

/** @param {string} tag */
function statesOf(tag) {
  if (tag === 'aura-job-list') return LIST_STATES;
  return tag === 'aura-render-status' ? { ...STATES, ...MORE } : STATES;
}

/** A bar without words offers nothing to click. */
const needsWords = ({ clicks = [] }) => clicks.length > 0;

/** @type {Story[]} */
export const stories = Object.entries(VARIANTS).flatMap(([tag, variants]) =>
  variants.flatMap((variant) =>
    Object.entries(statesOf(tag))
      .filter(([, story]) => variant !== 'minimal' || !needsWords(story))
      .map(([state, story]) => ({
        id: `${tag}/${variant}/${state}`,
        tag,
        variant,
        state,
        snapshot: null,
        connection: open,
        jobId: 'job-1',
        clicks: [],
        ...story,
        modal: variant === 'drawer' || 'modal' in story,
      })),
  ),
);
