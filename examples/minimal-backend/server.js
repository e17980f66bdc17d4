/** The smallest backend that all elements and the whole `AuraClient` work with. */
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCancellable, isTerminal } from '@aura-jobs/sdk/protocol';
import express from 'express';
import { begin, jobs, stream } from './jobs.js';

const { PORT = '5005', ALLOWED_ORIGIN = '*' } = process.env;
const ELEMENTS = dirname(fileURLToPath(import.meta.resolve('@aura-jobs/elements/cdn')));

const app = express();

// For pages of other origins.
app.use((request, response, next) => {
  response.set({
    'access-control-allow-origin': ALLOWED_ORIGIN,
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID',
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-expose-headers': 'Retry-After',
  });
  if (request.method === 'OPTIONS') response.status(204).end();
  else next();
});
app.use('/elements', express.static(ELEMENTS));
app.use(express.json());

app.param('id', (request, response, next, id) => {
  request.job = jobs.get(id);
  if (request.job) next();
  else problem(response, 404, 'JobNotFound', 'There is no such job.');
});

app.post('/api/jobs', (request, response) => {
  const topic = request.body?.brief?.topic;
  if (typeof topic === 'string' && topic.length >= 3) accept(request, response, topic);
  else
    problem(response, 400, 'InvalidInput', 'brief.topic: must have at least 3 characters.', { field: 'brief.topic' });
});

app.get('/api/jobs', ({ query: { ids } }, response) => {
  const wanted = ids ? ids.split(',').map((id) => jobs.get(id)) : [...jobs.values()].toReversed();
  const found = wanted.filter(Boolean).map(({ state }) => state);
  response.json({ jobs: found, count: found.length, nextCursor: null });
});

app.get('/api/jobs/:id', ({ job }, response) => response.json(job.state));

app.get('/api/jobs/:id/logs', ({ job }, response) => response.type('text/plain').send(job.state.logs.join('\n')));

app.get('/api/jobs/:id/events', (request, response) => stream([request.params.id], cursorOf(request), response));

app.get('/api/events', (request, response) => {
  const asked = request.query.jobs?.split(',') ?? [];
  const known = asked.filter((id) => jobs.has(id));
  if (known.length > 0) stream(known, cursorOf(request), response);
  else problem(response, 404, 'JobNotFound', 'There are no such jobs.');
});

app.post('/api/jobs/cancel', ({ body }, response) => {
  response.json({ results: body.jobIds.map((id) => ({ jobId: id, ...cancel(jobs.get(id)) })) });
});

app.post('/api/jobs/:id/cancel', ({ job }, response) => {
  const { status, code, message, currentStatus } = cancel(job);
  if (code) problem(response, status, code, message, { currentStatus });
  else response.status(status).json({ success: true, jobId: job.state.jobId, currentStatus, message });
});

app.post('/api/jobs/:id/retry', (request, response) => {
  const { topic, state } = request.job;
  const { jobId: retryOf, attempt, status: currentStatus } = state;
  if (currentStatus === 'Failed') accept(request, response, topic, { retryOf, attempt: attempt + 1 });
  else problem(response, 409, 'NotRetryable', `The job is ${currentStatus}.`, { currentStatus });
});

app.delete('/api/jobs/:id', ({ job }, response) => {
  const { jobId, status: currentStatus } = job.state;
  if (!isTerminal(currentStatus))
    return problem(response, 409, 'NotDeletable', 'Cancel the job first.', { currentStatus });
  jobs.delete(jobId);
  response.status(204).end();
});

app.get('/artifacts/:id/notes.txt', ({ job }, response) => response.type('text/plain').send(job.topic));

/** `Idempotency-Key` → job: a repeated request makes no second one. */
const accepted = new Map();

function accept(request, response, topic, more) {
  const key = request.get('idempotency-key') ?? randomUUID();
  const job = accepted.get(key) ?? begin(topic, more);
  accepted.set(key, job);
  const { jobId, correlationId, retryOf, attempt } = job.state;
  const answer = { jobId, status: 'Queued', stage: 'Script', correlationId, retryOf, attempt };
  response.status(202).location(`/api/jobs/${jobId}`).json(answer);
}

/** The job has stopped when its events say so. */
function cancel(job) {
  if (!job) return { status: 404, code: 'JobNotFound', message: 'There is no such job.' };
  const currentStatus = job.state.status;
  if (!isCancellable(currentStatus))
    return { status: 409, code: 'NotCancellable', message: `The job is ${currentStatus} already.`, currentStatus };
  job.stop.abort();
  return { status: 202, message: 'The job stops.', currentStatus };
}

function cursorOf(request) {
  return request.get('last-event-id') ?? request.query.lastEventId;
}

function problem(response, status, code, detail, more) {
  const body = { type: 'about:blank', title: code, status, code, detail, ...more };
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}

const server = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`The backend is at http://localhost:${server.address().port}`);
});
