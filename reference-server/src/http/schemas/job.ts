/** The job as `GET /api/jobs/{id}` and lists show it. */
import { z } from 'zod';
import * as parts from './parts.ts';

const step = z
  .strictObject({
    name: parts.stage,
    status: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Skipped', 'Canceled']),
    progressPct: parts.percent,
    startedAt: parts.time.nullable(),
    completedAt: parts.time.nullable(),
  })
  .meta({ id: 'Step' });

const brief = z
  .strictObject({
    topic: z.string(),
    audience: z.string().nullable(),
    goal: z.string().nullable(),
    tone: z.string(),
    language: z.string(),
    aspect: z.enum(['Widescreen16x9', 'Vertical9x16', 'Square1x1']),
  })
  .meta({ id: 'Brief' });

export const job = z
  .strictObject({
    jobId: parts.jobId,
    id: parts.jobId,
    ownerId: z.string(),
    title: z.string(),
    brief,
    status: parts.status,
    stage: parts.stage,
    phase: parts.phase,
    percent: parts.percent,
    message: z.string(),
    progressMessage: z.string(),
    substageDetail: z.string(),
    currentItem: z.int().nullable(),
    totalItems: z.int().nullable(),
    elapsedTime: parts.timeSpan.nullable(),
    estimatedTimeRemaining: parts.timeSpan.nullable(),
    steps: z.array(step),
    warnings: z.array(z.strictObject({ message: z.string(), step: parts.stage })),
    errors: z.array(parts.jobError),
    errorMessage: z.string().nullable(),
    logs: z.array(z.string()).meta({ description: 'The last 100 lines.' }),
    artifacts: z.array(parts.artifact),
    output: parts.output.nullable(),
    outputPath: z.string().nullable(),
    correlationId: parts.correlationId,
    createdAt: parts.time,
    startedAt: parts.time.nullable(),
    completedAt: parts.time.nullable(),
    lastEventId: parts.eventId.nullable().meta({ description: 'A stream goes on from here.' }),
    retryOf: parts.jobId.nullable(),
    attempt: z.int().min(1),
    queuePosition: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'Jobs in front of it, while it waits to begin or to go on.' }),
    stalledSeconds: z.number().nullable(),
  })
  .meta({ id: 'Job' });
