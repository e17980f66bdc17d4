/** What answers and events are made of. */
import { STAGES } from '@aura-jobs/sdk/protocol';
import type { StageName } from '@aura-jobs/sdk/protocol';
import { z } from 'zod';

const names = STAGES.map(({ name }) => name) as [StageName, ...StageName[]];

export const stage = z.enum(names).meta({ id: 'Stage', description: 'A stage of the pipeline, in the order of work.' });
export const phase = z.enum(['plan', 'tts', 'visuals', 'compose', 'render', 'complete']).meta({ id: 'Phase' });
export const status = z
  .enum(['Queued', 'Running', 'Paused', 'Succeeded', 'Failed', 'Canceled'])
  .meta({ id: 'JobStatus', description: '`Paused` only where the server allows it.' });
export const percent = z.number().min(0).max(100);
export const eventId = z
  .string()
  .regex(/^\d{13}-\d+$/)
  .meta({ description: '`{unix ms}-{counter}`, strictly increasing.' });
export const timeSpan = z
  .string()
  .regex(/^(\d+\.)?\d\d:\d\d:\d\d$/)
  .meta({ description: '`hh:mm:ss`' });
export const jobId = z.string().meta({ example: 'job-1f2e3d4c5b6a7988' });
export const correlationId = z
  .string()
  .meta({ description: 'Traces the request; also the header `X-Correlation-ID`.' });
export const time = z.iso.datetime();

export const artifact = z
  .strictObject({
    name: z.string(),
    path: z.string().meta({
      description: 'Where it can be fetched, with ranges.',
      example: '/artifacts/job-1f2e3d4c5b6a7988/output.mp4',
    }),
    type: z.string().meta({ description: 'MIME type' }),
    sizeBytes: z.int().min(0),
  })
  .meta({ id: 'Artifact' });

export const output = z
  .strictObject({
    videoPath: z.string(),
    subtitlePath: z.string(),
    sizeBytes: z.int().min(0),
    durationSeconds: z.number().optional(),
  })
  .meta({ id: 'Output' });

export const jobError = z
  .strictObject({
    code: z.string().meta({ description: '`Name` or `Name:Detail`' }),
    message: z.string(),
    remediation: z.string(),
    details: z.string().optional(),
  })
  .meta({ id: 'JobError' });
