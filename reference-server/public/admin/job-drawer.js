/** The job that an operator has opened: the element shows it, and this adds whose it is and its whole log. */
import { timeOf, withText } from './figures.js';

/** @typedef {import('../sign-in.js').Session} Session */

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

/** @param {Session} session */
export function openJobsWith({ ask }) {
  const [drawer, facts, log, text] = ['job', 'facts', 'log', 'log-text'].map(byId);

  byId('list').addEventListener('aura-open-request', (/** @type {CustomEvent} */ event) => {
    event.preventDefault();
    drawer.jobId = event.detail.jobId;
    drawer.open = true;
    void showFacts(event.detail.jobId);
  });
  drawer.addEventListener('aura-closed', () => (drawer.open = false));
  drawer.addEventListener('aura-job-retried', () => {
    void byId('list').refresh();
    void showFacts(drawer.jobId);
  });

  /** @param {string} jobId */
  async function showFacts(jobId) {
    facts.replaceChildren();
    const answer = await ask(`/api/jobs/${encodeURIComponent(jobId)}`).catch(() => undefined);
    if (!answer?.ok || drawer.jobId !== jobId) return;
    const { ownerId, createdAt, attempt, retryOf, correlationId } = await answer.json();
    const rows = [
      ['Owner', ownerId],
      ['Job', jobId],
      ['Made', timeOf(new Date(createdAt))],
      ['Request', correlationId],
      ...(retryOf ? [['Repeats', `${retryOf} (attempt ${attempt})`]] : []),
    ];
    facts.replaceChildren(...rows.flatMap(([name, value]) => [withText('dt', name), withText('dd', value)]));
  }

  byId('whole-log').addEventListener('click', async () => {
    text.textContent = 'Loading…';
    log.showModal();
    const answer = await ask(`/api/jobs/${encodeURIComponent(drawer.jobId)}/logs`).catch(() => undefined);
    text.textContent = answer?.ok ? (await answer.text()) || 'Nothing yet.' : 'The log cannot be read at the moment.';
    text.focus();
  });
  byId('close-log').addEventListener('click', () => log.close());
}
