/** The operator's page: health, figures, and the jobs of all users. It holds no data of its own and asks who is there. */
import { AuraClient } from '/elements/aura-jobs.js';
import { signIn } from '../sign-in.js';
import { showFigures, timeOf } from './figures.js';
import { openJobsWith } from './job-drawer.js';
import { showOwners } from './owners.js';
import { Metrics } from './read-metrics.js';

/** How often the figures are read, in ms. */
const EVERY_MS = 3000;

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const session = await signIn({
  path: '/metrics',
  lead: 'This page is for operators: it shows the jobs of all users.',
  page: byId('page'),
});
const jobs = document.importNode(byId('jobs').querySelector('template').content, true);
jobs.querySelector('aura-client').client = new AuraClient({ getToken: () => session.token() });
byId('jobs').append(jobs);
const list = byId('list');
let last = /** @type {{ at: number, events: number } | undefined} */ (undefined);
let newest = '';
let seenAt = '';

openJobsWith(session);
byId('sign-out').hidden = session.token() === '';
byId('sign-out').addEventListener('click', () => location.reload());

/** Reads everything once. What cannot be read stays as it was, with word since when. */
async function look() {
  try {
    const { token } = session;
    const before = token();
    await Promise.all([lookAtHealth(), session.renewing(lookAtFigures)]);
    if (token() === before) await lookForNewJobs();
    else await list.refresh();
    seenAt = timeOf(new Date());
    byId('trouble').hidden = true;
  } catch (error) {
    const { status, message } = /** @type {Error & { status?: number }} */ (error);
    const why = status ? message : 'The server does not answer.';
    if (!status) showHealth('bad', 'No answer');
    byId('trouble').textContent = seenAt ? `${why} These are the figures of ${seenAt}.` : why;
    byId('trouble').hidden = false;
  }
}

async function lookAtHealth() {
  const answer = await fetch('/readyz');
  if (answer.ok) return showHealth('good', 'Ready');
  const { detail } = await answer.json();
  showHealth('bad', `Not ready: ${detail}`);
}

async function lookAtFigures() {
  const answer = await session.ask('/metrics');
  if (!answer.ok) throw Object.assign(new Error((await answer.json()).detail), { status: answer.status });
  const metrics = new Metrics(await answer.text());
  const now = { at: performance.now(), events: metrics.sum('aura_events_total') };
  // A server that has started again counts from 0.
  const rate = last && now.events >= last.events ? ((now.events - last.events) * 1000) / (now.at - last.at) : undefined;
  last = now;
  showFigures(metrics, rate);
}

/** The list follows the jobs that it knows; that there is another one, it has to be told. */
async function lookForNewJobs() {
  const answer = await session.ask('/api/jobs?limit=1');
  if (!answer.ok) return;
  const [job] = (await answer.json()).jobs;
  const found = job?.jobId ?? '';
  if (newest === (found || 'none')) return;
  if (newest !== '') await list.refresh();
  await showOwners(list, session.ask);
  newest = found || 'none';
}

/** @param {'good' | 'bad'} tone @param {string} text */
function showHealth(tone, text) {
  const health = byId('health');
  if (health.textContent === text) return;
  health.className = `health ${tone}`;
  health.textContent = text;
}

let looking = /** @type {Promise<void> | undefined} */ (undefined);

/** A page that nobody sees asks for nothing. */
function lookIfSeen() {
  if (!document.hidden) looking ??= look().finally(() => (looking = undefined));
}

document.addEventListener('visibilitychange', lookIfSeen);
setInterval(lookIfSeen, EVERY_MS);
lookIfSeen();
