/** Jobs in memory: what they tell, in one log, and the work itself, which here only pretends. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { emptySnapshot, isTerminal, parseJobEvent, reduceJob, STAGES, toJobPercent } from '@aura-jobs/sdk/protocol';

/** By id: `{ topic, state, stop }`. The state is the fold of the job's events, and never set by hand. */
export const jobs = new Map();

/** `{ id, jobId, frame }` of all jobs in the order of ids, so that one cursor serves one job and many. */
const log = [];
/** `{ jobIds, response, at }`: a reader is a place in the log. */
const readers = new Set();

/** Queues a job and starts it. @param more `retryOf` and `attempt` of a repeated one */
export function begin(topic, more) {
  const jobId = `job-${randomUUID()}`;
  const known = { title: topic, correlationId: randomUUID(), createdAt: new Date().toISOString() };
  const job = { topic, state: { ...emptySnapshot(jobId), ...known, ...more }, stop: new AbortController() };
  jobs.set(jobId, job);
  tell(job, 'job-status', { status: 'Queued', stage: 'Script', percent: 0 });
  void run(job);
  return job;
}

/** Put your own work here: it reports what it begins, throws if it fails, and stops when the signal says so. */
async function work({ topic, state: { attempt } }, report, signal) {
  for (const { name } of STAGES) {
    for (let item = 1; item <= 10; item++) {
      report(name, item, 10);
      await pause(200, undefined, { signal });
      if (name === 'Visuals' && attempt === 1 && topic.includes('fail')) throw new Error('There is no such picture.');
    }
  }
}

async function run(job) {
  const { signal } = job.stop;
  let stage = 'Script';
  tell(job, 'job-status', { status: 'Running', stage, percent: 0 });
  const report = (step, item, of) => {
    if (item === 1) tell(job, 'step-status', { step, status: 'started' });
    stage = step;
    const percent = toJobPercent(step, (100 * (item - 1)) / of);
    tell(job, 'step-progress', { step, progressPct: percent, percent, message: `Part ${item} of ${of}` });
  };
  try {
    await work(job, report, signal);
    const path = `/artifacts/${job.state.jobId}/notes.txt`;
    const artifacts = [{ name: 'notes.txt', path, type: 'text/plain', sizeBytes: Buffer.byteLength(job.topic) }];
    tell(job, 'job-completed', { status: 'Succeeded', artifacts, output: null });
  } catch (error) {
    if (signal.aborted) return tell(job, 'job-cancelled', { status: 'Cancelled', stage, message: 'Stopped' });
    const errors = [{ code: 'StageFailed', message: error.message, remediation: 'Try again.' }];
    tell(job, 'job-failed', { status: 'Failed', stage, errorMessage: error.message, errors, logs: [] });
  }
}

/** The one way in which a job changes: an event, with an id greater than all before. */
function tell(job, type, fields) {
  const { jobId, correlationId } = job.state;
  const [newest = 0] = log.at(-1)?.id.split('-') ?? [];
  const id = `${Math.max(Date.now(), newest)}-${log.length + 1}`;
  const data = JSON.stringify({ ...fields, jobId, correlationId });
  job.state = reduceJob(job.state, parseJobEvent({ id, type, data }));
  log.push({ id, jobId, frame: `id: ${id}\nevent: ${type}\ndata: ${data}\n\n` });
  for (const reader of readers) catchUp(reader);
}

/** Answers with the events of these jobs, from the reader's cursor on. */
export function stream(jobIds, cursor, response) {
  const at = log.findIndex(({ id }) => id === cursor) + 1;
  const nothingNew = !log.slice(at).some(({ jobId }) => jobIds.includes(jobId));
  if (nothingNew && jobIds.every(isOver)) return response.status(204).end();
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
  response.set('x-accel-buffering', 'no').write(': stream\n\n');
  if (cursor && at === 0) response.write('event: resync\ndata: {"resync":true}\n\n');
  const reader = { jobIds, response, at };
  readers.add(reader);
  response.on('close', () => readers.delete(reader));
  catchUp(reader);
}

function catchUp(reader) {
  for (; reader.at < log.length; reader.at++) {
    const { jobId, frame } = log[reader.at];
    if (reader.jobIds.includes(jobId)) reader.response.write(frame);
  }
  if (reader.jobIds.every(isOver)) reader.response.end();
}

/** Only jobs that have ended are removed. */
function isOver(id) {
  return isTerminal(jobs.get(id)?.state.status ?? 'Succeeded');
}

setInterval(() => {
  for (const { response } of readers) response.write(': keepalive\n\n');
}, 10_000).unref();
