/** Every route of the API for its description: what it takes, what it answers, what it refuses with. */
import { z } from 'zod';
import { requestSchema } from '../jobs/job-request-schema.ts';
import {
  COUNTED,
  json,
  jsonObject,
  LOCATED,
  NOT_STORED,
  openOperation,
  operation,
  operationWithoutStorage,
  text,
  UNBUFFERED,
} from './openapi-operation.ts';
import { batchRequestSchema } from './routes/batch.ts';
import { demoRequestSchema } from './routes/jobs.ts';
import { tokenRequestSchema } from './routes/tokens.ts';
import * as answers from './schemas/answers.ts';
import { eventPage } from './schemas/events.ts';
import { job } from './schemas/job.ts';
import { jobId } from './schemas/parts.ts';

const OF_JOB = { path: z.object({ jobId }) };
const KEY = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .meta({ description: 'Makes a repeat harmless.' }),
});

const AFTER = {
  header: z.object({ 'Last-Event-ID': z.string().optional().meta({ description: 'The cursor' }) }),
  query: z.object({
    lastEventId: z
      .string()
      .optional()
      .meta({ description: 'The cursor, for who can send no header. If both are there, the newer counts.' }),
    replay: z.literal('all').optional().meta({ description: 'Without a cursor: everything that is there.' }),
  }),
};
const READING = {
  ...AFTER,
  query: AFTER.query.extend({
    wait: z.string().optional().meta({ description: 'Seconds, 0–30: answers a page instead of a stream.' }),
  }),
};
const EVENTS = { 'text/event-stream': { schema: z.string() }, ...json(eventPage) };
const AT_THE_END = { '204': { description: 'Nothing more will come.' } };

export const paths = {
  '/api/jobs': {
    get: operation('The caller’s jobs, newest first', ['200', 'A page of jobs', json(answers.jobList)], [400], {
      requestParams: {
        query: z.object({
          limit: z
            .string()
            .regex(/^\d{1,3}$/)
            .optional()
            .meta({ description: '1–200; 50 if not given' }),
          cursor: z.string().optional().meta({ description: '`nextCursor` of the page before' }),
          status: z.string().optional().meta({ description: 'Statuses, separated by commas' }),
          ids: z.string().optional().meta({ description: 'Up to 500 jobs, separated by commas' }),
        }),
      },
    }),
    post: operation(
      'Start a job',
      ['202', 'The job is queued', json(answers.created), { ...LOCATED, ...COUNTED }],
      [400, 413, 415, 422, 429],
      {
        requestParams: { header: KEY },
        requestBody: {
          required: true,
          description: 'A preset supplies what is left out, `brief` as well.',
          content: json(requestSchema),
        },
      },
    ),
  },
  '/api/quick/demo': {
    post: operation(
      'Start a short sample video, which needs no settings, keys or network',
      ['200', 'The job is queued', json(answers.demo), { ...LOCATED, ...COUNTED }],
      [400, 413, 415, 422, 429],
      {
        requestParams: { header: KEY },
        requestBody: { required: false, content: json(demoRequestSchema) },
      },
    ),
  },
  '/api/jobs/cancel': {
    post: operation(
      'Ask several jobs to stop',
      ['200', 'Each is decided by itself', json(answers.cancelledBatch), COUNTED],
      [400, 413, 415, 429],
      {
        requestBody: { required: true, content: json(batchRequestSchema) },
      },
    ),
  },
  '/api/jobs/recent-artifacts': {
    get: operation(
      'The newest files of the caller’s jobs',
      ['200', 'Newest first', json(answers.recentArtifacts)],
      [400],
      {
        requestParams: {
          query: z.object({ limit: z.string().optional().meta({ description: '1–50; 5 if not given' }) }),
        },
      },
    ),
  },
  '/api/jobs/{jobId}': {
    get: operation('A job’s state', ['200', 'The state, with its last 100 log lines', json(job)], [404], {
      requestParams: OF_JOB,
    }),
    delete: operation('Take an ended job away', ['204', 'It is gone, with its log and files'], [404, 409], {
      requestParams: OF_JOB,
    }),
  },
  '/api/jobs/{jobId}/cancel': {
    post: operation(
      'Ask a job to stop',
      ['202', 'It has stopped when the stream says so', json(answers.cancelled), COUNTED],
      [404, 409, 429],
      {
        requestParams: OF_JOB,
      },
    ),
  },
  '/api/jobs/{jobId}/pause': {
    post: operation(
      'Ask a running job to rest, where the server allows it',
      ['200', 'It rests when the stream says so', json(answers.paused), COUNTED],
      [404, 409, 429],
      { requestParams: OF_JOB },
    ),
  },
  '/api/jobs/{jobId}/resume': {
    post: operation(
      'Let a paused job go on, after its last finished stage',
      ['200', 'It goes on when the stream says so', json(answers.paused), COUNTED],
      [404, 409, 429],
      { requestParams: OF_JOB },
    ),
  },
  '/api/jobs/{jobId}/retry': {
    post: operation(
      'Repeat a failed job as a new one',
      ['202', 'The new job is queued', json(answers.retried), { ...LOCATED, ...COUNTED }],
      [404, 409, 429],
      {
        requestParams: { ...OF_JOB, header: KEY },
      },
    ),
  },
  '/api/jobs/{jobId}/release': {
    post: operation(
      'Let a held simulated job begin; only where simulation is allowed',
      ['202', 'It waits for its turn', json(answers.released)],
      [404],
      { requestParams: OF_JOB },
    ),
  },
  '/api/jobs/{jobId}/tokens': {
    post: operation(
      'A short-lived token that opens this job, or its files, alone',
      ['201', 'The token', json(answers.viewToken), NOT_STORED],
      [400, 404, 413, 415],
      {
        requestParams: OF_JOB,
        requestBody: { required: false, content: json(tokenRequestSchema) },
      },
    ),
  },
  '/api/jobs/{jobId}/logs': {
    get: operation('A job’s whole log', ['200', 'One line for each entry', text('text/plain')], [404], {
      requestParams: OF_JOB,
    }),
  },
  '/api/jobs/{jobId}/progress': {
    get: operation('A job’s progress, in short', ['200', 'The progress', json(answers.progress)], [404], {
      requestParams: OF_JOB,
    }),
  },
  '/api/jobs/{jobId}/failure-details': {
    get: operation('Why a job has failed', ['200', 'The failure', json(answers.failureDetails)], [404, 409], {
      requestParams: OF_JOB,
    }),
  },
  '/api/jobs/{jobId}/events': {
    get: operation(
      'A job’s events',
      ['200', 'As a stream, or in pages with `wait`', EVENTS, UNBUFFERED],
      [400, 404, 429],
      {
        requestParams: { ...OF_JOB, ...READING },
        responses: AT_THE_END,
      },
    ),
  },
  '/api/jobs/{jobId}/ws': {
    get: operationWithoutStorage('A job’s events on a WebSocket', ['101', 'The socket is open'], [426], {
      description:
        'Browsers show no status of a socket that is refused, so it is opened and closed: with 4000 and the status that a stream would have, such as 4401, 4404 or 4429, and with 4204 when nothing more will come.',
      requestParams: { ...OF_JOB, ...AFTER },
    }),
  },
  '/api/events': {
    get: operation(
      'The events of several jobs',
      ['200', 'As a stream, or in pages with `wait`', EVENTS, UNBUFFERED],
      [400, 404, 429],
      {
        requestParams: {
          ...READING,
          query: READING.query.extend({ jobs: z.string().meta({ description: '1–500 jobs, separated by commas' }) }),
        },
        responses: AT_THE_END,
      },
    ),
  },
  '/api/notifications': {
    get: operationWithoutStorage('How this server tells of the end of a job', [
      '200',
      'What `notify` may ask for, and the key for `PushManager.subscribe()`',
      json(answers.notifications),
    ]),
  },
  '/artifacts/{jobId}/{name}': {
    get: operation('A file that a job made', ['200', 'The file', text('*/*')], [404, 416], {
      requestParams: {
        path: z.object({ jobId, name: z.string() }),
        query: z.object({
          download: z.string().optional().meta({ description: 'Answers with a name to save it under.' }),
          ticket: z.string().optional().meta({ description: 'A token with the access `files`, instead of a header.' }),
        }),
      },
      responses: {
        '206': { description: 'A part of the file', content: text('*/*') },
        '304': { description: 'The caller has it already' },
      },
    }),
  },
  '/healthz': { get: openOperation('The process answers', ['200', 'It does', json(answers.health)]) },
  '/readyz': { get: openOperation('The server can work', ['200', 'It can', json(answers.health)], [503]) },
  '/openapi.json': { get: openOperation('This document', ['200', 'OpenAPI 3.1', jsonObject]) },
  '/asyncapi.json': { get: openOperation('The events', ['200', 'AsyncAPI 3.0', jsonObject]) },
  '/docs': { get: openOperation('Both for people', ['200', 'A page', text('text/html')]) },
  '/metrics': {
    get: operation('The server’s figures, for operators', ['200', 'As Prometheus reads them', text('text/plain')], []),
  },
};
