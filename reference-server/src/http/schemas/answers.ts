/** What the routes answer, beside the job itself. */
import { z } from 'zod';
import { ACCESS } from '../../jobs/caller.ts';
import { job } from './job.ts';
import * as parts from './parts.ts';

const { jobId, correlationId, stage, status } = parts;

export const problem = z
  .strictObject({
    type: z.string().regex(/^\/docs#\w+$/),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    correlationId,
    field: z.string().optional(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
    guidance: z.string().optional(),
    currentStatus: status.optional(),
    suggestedActions: z.array(z.string()).optional(),
    provider: z.string().optional(),
    jobId: z.string().optional(),
    retryAfter: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

export const created = z.strictObject({ jobId, status, stage, correlationId }).meta({ id: 'Created' });

export const demo = z
  .strictObject({ jobId, status: z.literal('queued'), message: z.string(), correlationId })
  .meta({ id: 'Demo' });

export const jobList = z
  .strictObject({ jobs: z.array(job), count: z.int(), nextCursor: z.string().nullable(), correlationId })
  .meta({ id: 'JobList' });

const providerStatus = z
  .strictObject({
    providerName: z.string(),
    providerType: stage,
    supportsCancellation: z.boolean(),
    status: z.enum(['CancellationRequested', 'NotSupported']),
    warning: z.string().nullable(),
  })
  .meta({ id: 'ProviderStatus' });

export const cancelled = z
  .strictObject({
    jobId,
    message: z.string(),
    currentStatus: status,
    cleanupScheduled: z.boolean(),
    providerStatuses: z.array(providerStatus),
    warnings: z.array(z.string()),
    correlationId,
  })
  .meta({ id: 'Cancelled' });

export const paused = z
  .strictObject({ success: z.literal(true), jobId, message: z.string(), correlationId })
  .meta({ id: 'Paused' });

const batchResult = z.strictObject({
  jobId: z.string(),
  status: z.union([z.literal(202), z.literal(404), z.literal(409)]),
  currentStatus: status.optional(),
  code: z.string().optional(),
  message: z.string(),
});
export const cancelledBatch = z.strictObject({ results: z.array(batchResult) }).meta({ id: 'CancelledBatch' });

export const retried = z
  .strictObject({
    jobId,
    retryOf: jobId,
    attempt: z.int().min(2),
    message: z.string(),
    strategy: z.literal('resume'),
    correlationId,
  })
  .meta({ id: 'Retried' });

export const released = z.strictObject({ jobId, correlationId }).meta({ id: 'Released' });

export const viewToken = z
  .strictObject({
    token: z.string(),
    tokenType: z.literal('Bearer'),
    jobId,
    access: z.enum(ACCESS),
    expiresInSeconds: z.int(),
    expiresAt: parts.time,
    correlationId,
  })
  .meta({ id: 'ViewToken' });

export const progress = z
  .strictObject({
    jobId,
    status: z.enum(['running', 'completed', 'failed', 'idle']),
    progress: parts.percent,
    currentStage: stage,
    startedAt: parts.time.nullable(),
    completedAt: parts.time.nullable(),
    correlationId,
  })
  .meta({ id: 'Progress' });

export const failureDetails = z
  .strictObject({
    jobId,
    stage,
    message: z.string(),
    errorCode: z.string(),
    stderrSnippet: z.string().nullable().meta({ description: 'The last words of the program that failed.' }),
    installLogSnippet: z.null(),
    logPath: z.string(),
    suggestedActions: z.array(z.string()),
    failedAt: parts.time,
    correlationId,
  })
  .meta({ id: 'FailureDetails' });

export const notifications = z
  .strictObject({
    webhook: z.boolean(),
    push: z.strictObject({ publicKey: z.string().meta({ description: 'VAPID, in base64url' }) }).nullable(),
  })
  .meta({ id: 'Notifications' });

/** What a webhook is sent. */
export const jobEnd = z
  .strictObject({
    type: z.enum(['job.completed', 'job.failed', 'job.cancelled']),
    timestamp: parts.time.meta({ description: 'When the job ended.' }),
    data: z.strictObject({
      jobId,
      ownerId: z.string(),
      title: z.string(),
      status,
      stage,
      output: parts.output.nullable(),
      artifacts: z.array(parts.artifact),
      errors: z.array(parts.jobError),
      retryOf: jobId.nullable(),
      attempt: z.int().min(1),
      correlationId,
    }),
  })
  .meta({ id: 'JobEnd' });

const recent = z.strictObject({
  jobId,
  correlationId,
  stage,
  finishedAt: parts.time,
  artifacts: z.array(parts.artifact),
});
export const recentArtifacts = z
  .strictObject({ artifacts: z.array(recent), count: z.int(), correlationId })
  .meta({ id: 'RecentArtifacts' });

export const health = z.strictObject({ status: z.enum(['ok', 'ready']) }).meta({ id: 'Health' });
