/** The events of streams, sockets and pages. Each names its job and carries the job's correlation id. */
import { z } from 'zod';
import * as parts from './parts.ts';

const { correlationId, jobId, percent, phase, stage, status, timeSpan } = parts;
const traced = { jobId, correlationId };

/** Payloads by name. Readers ignore fields that they do not know. */
export const eventData = {
  'job-status': z.looseObject({ ...traced, status, stage, percent }),
  'step-status': z.looseObject({ ...traced, step: stage, status: z.literal('started'), phase }),
  'step-progress': z.looseObject({
    ...traced,
    step: stage,
    phase,
    progressPct: percent.meta({ description: 'Of the whole job; never falls.' }),
    percent,
    stepPct: percent.meta({ description: 'Of the step.' }),
    message: z.string(),
    substageDetail: z.string(),
    currentItem: z.int().min(1),
    totalItems: z.int().min(1),
    elapsedTime: timeSpan,
    estimatedTimeRemaining: timeSpan,
  }),
  'job-completed': z.looseObject({
    ...traced,
    status: z.literal('Succeeded'),
    artifacts: z.array(parts.artifact),
    output: parts.output,
  }),
  'job-failed': z.looseObject({
    ...traced,
    status: z.literal('Failed'),
    stage,
    errorMessage: z.string(),
    errors: z.array(parts.jobError).min(1),
    logs: z.array(z.string()).max(10),
  }),
  'job-cancelled': z.looseObject({ ...traced, status: z.literal('Cancelled'), stage, message: z.string() }),
  warning: z.looseObject({ ...traced, message: z.string(), step: stage }),
  error: z.looseObject({ jobId: jobId.optional(), correlationId, message: z.string(), code: z.string().optional() }),
  resync: z.looseObject({ resync: z.literal(true), jobId: jobId.optional() }),
} as const;

/** Not in the log, so without an id. */
export const WITHOUT_ID: ReadonlySet<string> = new Set(['error', 'resync']);

const message = z.looseObject({ id: parts.eventId.optional(), type: z.string(), data: z.looseObject({}) });

/** Answer of a long poll. */
export const eventPage = z
  .strictObject({ events: z.array(message), lastEventId: parts.eventId.nullable() })
  .meta({ id: 'EventPage' });
