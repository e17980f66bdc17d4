/** The demo page: a form that starts a job, two elements that show it, and a list to come back to. */
import { AuraClient, isAuraError } from '/elements/aura-jobs.js';

/** @typedef {import('@aura-jobs/sdk').JobSnapshot} JobSnapshot */

const RECENT = 8;

const STATUS_WORDS = {
  Queued: 'Waiting',
  Running: 'Running',
  Paused: 'Paused',
  Succeeded: 'Ready',
  Failed: 'Failed',
  Canceled: 'Cancelled',
};

const client = new AuraClient();

/** @type {<T extends HTMLElement>(id: string) => T} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement} */ (byId('brief'));
const submit = form.querySelector('.submit');
const progress = byId('progress');
const status = byId('status');
const duration = /** @type {HTMLSelectElement} */ (byId('duration'));
const target = /** @type {HTMLInputElement} */ (byId('target'));

progress.client = client;
status.client = client;

/** Puts a job on the page; the address is enough to find it again after a reload. @param {string} jobId */
function show(jobId) {
  progress.jobId = jobId;
  status.jobId = jobId;
  byId('bar').hidden = jobId === '';
  markCurrent();
}

/** The job of the page's address. */
function jobInAddress() {
  return new URLSearchParams(location.search).get('job') ?? '';
}

/** @param {string} jobId */
function open(jobId) {
  if (jobId !== jobInAddress()) history.pushState(null, '', `?job=${encodeURIComponent(jobId)}`);
  show(jobId);
}

// --- The form ---

/** Object of the dotted field names, such as `brief.topic`. */
function readForm() {
  /** @type {Record<string, Record<string, string>>} */
  const request = {};
  for (const [name, value] of new FormData(form)) {
    const [part, field] = name.split('.');
    (request[part] ??= {})[field] = String(value).trim();
  }
  return request;
}

/** @param {Record<string, string[]>} errors messages by field name */
function showErrors(errors) {
  const left = { ...errors };
  let first = /** @type {HTMLElement | undefined} */ (undefined);
  for (const control of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
    const messages = errors[control.name];
    const place = document.getElementById(`${control.type === 'radio' ? control.name : control.id}-error`);
    if (!control.name || !place) continue;
    place.textContent = messages ? sentence(messages.join('; ')) : '';
    control.removeAttribute('aria-invalid');
    if (messages) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', place.id);
      first ??= control;
    }
    delete left[control.name];
  }
  byId('form-error').textContent = Object.entries(left)
    .map(([field, messages]) => sentence(`${field} ${messages.join('; ')}`.trim()))
    .join(' ');
  first?.focus();
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** @param {unknown} error @returns {Record<string, string[]>} */
function errorsOf(error) {
  if (!isAuraError(error)) return { '': [String(error)] };
  const { problem } = error;
  if (problem?.errors) return problem.errors;
  return { [problem?.field ?? '']: [problem?.detail ?? error.message] };
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (submit.getAttribute('aria-disabled') === 'true') return;
  submit.setAttribute('aria-disabled', 'true');
  showErrors({});
  try {
    const { jobId } = await client.jobs.create(readForm());
    open(jobId);
    status.scrollIntoView({ block: 'nearest' });
  } catch (error) {
    showErrors(errorsOf(error));
  } finally {
    submit.removeAttribute('aria-disabled');
  }
  await listRecent();
});

duration.addEventListener('change', () => {
  const other = duration.value === '';
  target.hidden = !other;
  if (other) target.focus();
  else target.value = duration.value;
});

// --- Recent jobs ---

async function listRecent() {
  const jobs = await client.jobs.list({ limit: RECENT }).catch(() => []);
  byId('recent').replaceChildren(...jobs.map(recentItem));
  byId('no-recent').hidden = jobs.length > 0;
  markCurrent();
}

/** @param {JobSnapshot} job */
function recentItem(job) {
  const link = document.createElement('a');
  link.href = `?job=${encodeURIComponent(job.jobId)}`;
  link.dataset.job = job.jobId;
  link.dataset.status = job.status;
  link.append(span('topic', job.title ?? job.jobId), span('when', `${STATUS_WORDS[job.status]} · ${timeOf(job)}`));
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(job.jobId);
  });
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** @param {string} className @param {string} text */
function span(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {JobSnapshot} job */
function timeOf({ createdAt }) {
  if (!createdAt) return '';
  const date = new Date(createdAt);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, today ? { timeStyle: 'short' } : { dateStyle: 'medium' });
}

function markCurrent() {
  for (const link of byId('recent').querySelectorAll('a')) {
    if (link.dataset.job === jobInAddress()) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

status.addEventListener('aura-job-retried', (event) => open(event.detail.jobId));
for (const type of ['aura-job-completed', 'aura-job-failed', 'aura-job-canceled', 'aura-job-retried']) {
  status.addEventListener(type, listRecent);
}

// The list says what the elements know already: one fetch for each change of status, none for each step of the bar.
status.addEventListener('aura-progress', ({ detail }) => {
  const listed = byId('recent').querySelector(`[data-job="${CSS.escape(detail.jobId)}"]`);
  if (!listed || listed.dataset.status === detail.status) return;
  listed.dataset.status = detail.status;
  void listRecent();
});

addEventListener('popstate', () => show(jobInAddress()));
show(jobInAddress());
await listRecent();
