/** Shows the server's figures: those of `/metrics`, under names that people use. */

/** @typedef {import('./read-metrics.js').Metrics} Metrics */
/** @typedef {[name: string, value: string, look?: string]} Figure */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** @param {Metrics} metrics @param {number | undefined} eventsPerSecond unknown at the first look */
export function showFigures(metrics, eventsPerSecond) {
  const count = (/** @type {string} */ name, /** @type {Record<string, string>} */ labels = {}) =>
    whole.format(metrics.sum(name, labels));
  const ended = (/** @type {string} */ status) => count('aura_jobs_ended_total', { status });
  showList('now', [
    ['Running', count('aura_jobs_running')],
    ['Waiting', count('aura_queue_depth')],
    ['Streams open', count('aura_streams_open')],
    ['Events a second', eventsPerSecond === undefined ? '…' : one.format(eventsPerSecond)],
    ['Notifications waiting', count('aura_notifications_waiting')],
  ]);
  const lost = metrics.sum('aura_notifications_total', { outcome: 'given_up' });
  const failed = metrics.sum('aura_jobs_ended_total', { status: 'Failed' });
  showList('totals', [
    ['Succeeded', ended('Succeeded')],
    ['Failed', ended('Failed'), failed > 0 ? 'bad' : ''],
    ['Cancelled', ended('Canceled')],
    ['Events', count('aura_events_total')],
    ['Notifications given up', whole.format(lost), lost > 0 ? 'bad' : ''],
  ]);
  const startedAt = metrics.sum('process_start_time_seconds');
  byId('since').textContent = startedAt ? timeOf(new Date(startedAt * 1000)) : '';
  byId('tables').replaceChildren(
    table('Finished stages', ['Stage', 'Times', 'Seconds each'], stagesOf(metrics)),
    table('Failures of jobs', ['Code', 'Times'], byLabel(metrics, 'aura_job_errors_total', 'code')),
    table('Refused requests', ['Code', 'Times'], byLabel(metrics, 'aura_http_problems_total', 'code')),
    table(
      'Notifications',
      ['Way', 'Outcome', 'Times'],
      metrics
        .all('aura_notifications_total')
        .map(({ labels, value }) => [labels.channel, labels.outcome.replace('_', ' '), whole.format(value)]),
    ),
    table(
      'Process',
      ['Figure', 'Value'],
      [
        ['Memory', `${whole.format(metrics.sum('process_resident_memory_bytes') / 1e6)} MB`],
        ['CPU used', `${one.format(metrics.sum('process_cpu_seconds_total'))} s`],
        ['Delay of the event loop (p99)', `${one.format(metrics.sum('nodejs_eventloop_lag_p99_seconds') * 1000)} ms`],
        ['From an event to its readers', `${one.format(mean(metrics, 'aura_fan_out_seconds', {}) * 1000)} ms`],
      ],
    ),
  );
}

/** @param {Metrics} metrics @returns {string[][]} */
function stagesOf(metrics) {
  return metrics
    .all('aura_stage_seconds_count')
    .map(({ labels, value }) => [
      labels.stage,
      whole.format(value),
      one.format(mean(metrics, 'aura_stage_seconds', labels)),
    ]);
}

/** @param {Metrics} metrics @param {string} name @param {Record<string, string>} labels */
function mean(metrics, name, labels) {
  const count = metrics.sum(`${name}_count`, labels);
  return count ? metrics.sum(`${name}_sum`, labels) / count : 0;
}

/** @param {Metrics} metrics @param {string} name @param {string} label @returns {string[][]} */
function byLabel(metrics, name, label) {
  return [...metrics.all(name)]
    .sort((a, b) => b.value - a.value)
    .map(({ labels, value }) => [labels[label], whole.format(value)]);
}

/** Changes only what is new, so that nothing that is read or marked jumps. @param {string} id @param {readonly Figure[]} figures */
function showList(id, figures) {
  const list = byId(id);
  if (list.childElementCount !== figures.length) {
    list.replaceChildren(
      ...figures.map(([name]) => {
        const figure = document.createElement('div');
        figure.append(withText('dt', name), withText('dd', ''));
        return figure;
      }),
    );
  }
  figures.forEach(([, value, look = ''], index) => {
    const shown = /** @type {HTMLElement} */ (list.children[index].lastElementChild);
    if (shown.textContent !== value) shown.textContent = value;
    shown.className = look;
  });
}

/** @param {string} title @param {readonly string[]} heads @param {readonly (readonly string[])[]} rows */
function table(title, heads, rows) {
  const element = document.createElement('table');
  element.append(withText('caption', title));
  if (rows.length === 0) {
    const cell = withText('td', 'None');
    cell.className = 'quiet';
    element.createTBody().insertRow().append(cell);
    return element;
  }
  const head = element.createTHead().insertRow();
  for (const text of heads) head.append(withText('th', text, { scope: 'col' }));
  const body = element.createTBody();
  for (const [first, ...others] of rows) {
    const row = body.insertRow();
    row.append(withText('th', first, { scope: 'row' }), ...others.map((text) => withText('td', text)));
  }
  return element;
}

/** @param {string} name @param {string} text @param {Record<string, string>} [attributes] */
export function withText(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/** @param {Date} date */
export function timeOf(date) {
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
}
