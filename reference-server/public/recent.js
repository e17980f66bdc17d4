/** The list of recent jobs. */

/** @typedef {import('@aura-jobs/sdk').JobSnapshot} JobSnapshot */
/** @typedef {import('@aura-jobs/sdk').JobStatus} JobStatus */

const RECENT = 8;

/** @type {Record<JobStatus, string>} */
export const STATUS_WORDS = {
  Queued: 'Waiting',
  Running: 'Running',
  Paused: 'Paused',
  Succeeded: 'Ready',
  Failed: 'Failed',
  Canceled: 'Cancelled',
};

export class RecentJobs {
  #list = /** @type {HTMLElement} */ (document.getElementById('recent'));
  #empty = /** @type {HTMLElement} */ (document.getElementById('no-recent'));
  #client;
  #opened;
  #current = '';

  /**
   * @param {import('@aura-jobs/sdk').AuraClient} client
   * @param {(jobId: string) => void} opened called when a person chooses a job
   */
  constructor(client, opened) {
    this.#client = client;
    this.#opened = opened;
  }

  /** Asks the server. Without an answer the list stays as it is: old news are better than none. */
  async refresh() {
    const jobs = await this.#client.jobs.list({ limit: RECENT }).catch(() => undefined);
    if (!jobs) return;
    this.#list.replaceChildren(...jobs.map((job) => this.#item(job)));
    this.#empty.hidden = jobs.length > 0;
    this.mark(this.#current);
  }

  /** Marks the job that is shown. @param {string} jobId */
  mark(jobId) {
    this.#current = jobId;
    for (const link of this.#list.querySelectorAll('a')) {
      if (link.dataset.job === jobId) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  /** A job has this status now: one fetch for each change, none for each step of the bar. @param {JobSnapshot} job */
  note({ jobId, status }) {
    const listed = this.#list.querySelector(`[data-job="${CSS.escape(jobId)}"]`);
    if (!(listed instanceof HTMLElement) || listed.dataset.status === status) return;
    listed.dataset.status = status;
    void this.refresh();
  }

  /** @param {JobSnapshot} job */
  #item(job) {
    const link = document.createElement('a');
    link.href = `?job=${encodeURIComponent(job.jobId)}`;
    link.dataset.job = job.jobId;
    link.dataset.status = job.status;
    link.append(span('topic', job.title ?? job.jobId), span('when', `${STATUS_WORDS[job.status]} · ${timeOf(job)}`));
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#opened(job.jobId);
    });
    const item = document.createElement('li');
    item.append(link);
    return item;
  }
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
