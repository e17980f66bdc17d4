/** Starts jobs and tells the elements which one to show. They do the rest: watching, cancelling, trying again. */
import { AuraClient, isAuraError } from 'http://localhost:5005/elements/aura-jobs.js';

const client = new AuraClient({ baseUrl: 'http://localhost:5005' });
const form = document.querySelector('form');
const button = form.querySelector('button');
const alert = form.querySelector('[role=alert]');
const status = document.querySelector('aura-render-status');
const list = document.querySelector('aura-job-list');

document.querySelector('aura-client').client = client;

/** Adds a new job to the list without asking the server for all. */
function add(jobId) {
  list.jobIds = [...list.jobIds, jobId];
}

function show(jobId) {
  status.jobId = jobId;
  // On a narrow screen the job is far from where it was chosen.
  status.scrollIntoView({ block: 'nearest' });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { topic, length } = Object.fromEntries(new FormData(form));
  button.disabled = true;
  alert.textContent = '';
  try {
    const { jobId } = await client.jobs.create({ brief: { topic }, planSpec: { targetDuration: length } });
    add(jobId);
    show(jobId);
  } catch (error) {
    alert.textContent = isAuraError(error) ? error.message : 'Something went wrong.';
  } finally {
    button.disabled = false;
  }
});

// The list would open a drawer; this page has a place for the job.
list.addEventListener('aura-open-request', (event) => {
  event.preventDefault();
  show(event.detail.jobId);
});

// The status shows the new job by itself; the list learns of it here.
status.addEventListener('aura-job-retried', (event) => add(event.detail.jobId));
