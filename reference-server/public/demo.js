/** The demo page: a form that starts a job, two elements that show it, and a list to come back to. */
import { AuraClient, isAuraError } from '/elements/aura-jobs.js';
import { onSubmit, submitAgain } from './form.js';
import { RecentJobs, STATUS_WORDS } from './recent.js';
import { signIn } from './sign-in.js';

/** @typedef {import('@aura-jobs/sdk').JobWatcher} JobWatcher */

const signedIn = signIn({
  path: '/api/jobs?limit=1',
  lead: 'This server makes videos for those it knows.',
  page: /** @type {HTMLElement} */ (document.getElementById('page')),
});
const client = new AuraClient({ getToken: async () => (await signedIn).token() });
const recent = new RecentJobs(client, open);

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const progress = byId('progress');
const status = byId('status');
const again = byId('again');

/** The page's own view of the job, on the connection that the elements use. */
let watcher = /** @type {JobWatcher | undefined} */ (undefined);
let cutOff = false;

progress.client = client;
status.client = client;

/** Puts a job on the page; the address is enough to find it again after a reload. @param {string} jobId */
function show(jobId) {
  progress.jobId = jobId;
  status.jobId = jobId;
  recent.mark(jobId);
  watcher?.close();
  watcher = jobId ? client.watch(jobId) : undefined;
  watcher?.subscribe(follow);
  cutOff = false;
  follow();
}

/** Keeps the page around the elements in step with the job. */
function follow() {
  const job = watcher?.snapshot;
  byId('bar').hidden = !watcher || isMissing();
  again.hidden = job?.status !== 'Canceled' || !job.title;
  const heading = headingOf();
  if (document.title !== heading) document.title = heading;
  if (job) recent.note(job);
  const { status: connection } = watcher?.connection ?? {};
  // What has happened meanwhile is in no event of this job.
  if (connection === 'open' && cutOff) void recent.refresh();
  if (connection === 'open') cutOff = false;
  else if (connection === 'failed' || connection === 'reconnecting') cutOff = true;
}

/** The tab's title: how the job stands, then what it is about. */
function headingOf() {
  const job = watcher?.snapshot;
  if (isMissing()) return 'Job not found – Aura Jobs';
  if (!job) return 'Aura Jobs';
  const lost = cutOff && watcher?.connection.status === 'failed';
  const running = job.status === 'Running' ? `${Math.floor(job.percent)} %` : STATUS_WORDS[job.status];
  return `${lost ? 'Connection lost' : running} · ${job.title ?? job.jobId} – Aura Jobs`;
}

function isMissing() {
  const connection = watcher?.connection;
  return connection?.status === 'failed' && isAuraError(connection.error) && connection.error.code === 'JobNotFound';
}

/** The job of the page's address. */
function jobInAddress() {
  return new URLSearchParams(location.search).get('job') ?? '';
}

/** Shows a job that a person chose or made. @param {string} jobId */
function open(jobId) {
  if (jobId !== jobInAddress()) history.pushState(null, '', `?job=${encodeURIComponent(jobId)}`);
  show(jobId);
  // In one column the form is above, and of the job nothing but an edge would be in sight.
  status.scrollIntoView({ block: matchMedia('(max-width: 52rem)').matches ? 'start' : 'nearest' });
}

onSubmit(async (request) => {
  const { renewing } = await signedIn;
  const { jobId } = await renewing(() => client.jobs.create(request));
  open(jobId);
  await recent.refresh();
});

again.addEventListener('click', () => submitAgain(watcher?.snapshot?.title ?? ''));

status.addEventListener('aura-job-retried', (/** @type {CustomEvent} */ event) => {
  open(event.detail.jobId);
  void recent.refresh();
});

addEventListener('popstate', () => show(jobInAddress()));
addEventListener('online', () => recent.refresh());
byId('sign-out').addEventListener('click', () => location.reload());

const { token } = await signedIn;
byId('sign-out').hidden = token() === '';
show(jobInAddress());
await recent.refresh();
