/** Events of a whole job, as a server logs them. */
import { STAGES } from '@aura-jobs/sdk';
import type { JobEventDraft, StageName } from '@aura-jobs/sdk/protocol';

const traced = { correlationId: 'corr-42' };

export const queued: JobEventDraft = {
  type: 'job-status',
  data: { status: 'Queued', stage: 'Script', percent: 0, ...traced },
};

export const started: JobEventDraft = {
  type: 'job-status',
  data: { status: 'Running', stage: 'Script', percent: 0, ...traced },
};

export function stepStarted(step: StageName): JobEventDraft {
  const { phase } = STAGES.find(({ name }) => name === step)!;
  return { type: 'step-status', data: { step, status: 'started', phase, ...traced } };
}

type Progress = Extract<JobEventDraft, { type: 'step-progress' }>['data'];

export function progress(step: StageName, percent: number, more: Partial<Progress> = {}): JobEventDraft {
  const { phase } = STAGES.find(({ name }) => name === step)!;
  return {
    type: 'step-progress',
    data: {
      step,
      phase,
      progressPct: percent,
      percent,
      message: `Working on ${step}`,
      substageDetail: '',
      currentItem: null,
      totalItems: null,
      elapsedTime: '00:01:05',
      estimatedTimeRemaining: null,
      ...traced,
      ...more,
    },
  };
}

export function warning(message: string, more: { stallDurationSeconds?: number } = {}): JobEventDraft {
  return { type: 'warning', data: { message, step: 'Visuals', ...traced, ...more } };
}

/** Everything up to the middle of Visuals. */
export const upToVisuals: readonly JobEventDraft[] = [
  queued,
  started,
  stepStarted('Script'),
  stepStarted('TTS'),
  stepStarted('Visuals'),
  progress('Visuals', 47.6, { currentItem: 3, totalItems: 5, estimatedTimeRemaining: '00:02:05' }),
];

export const completed: JobEventDraft = {
  type: 'job-completed',
  data: {
    status: 'Succeeded',
    jobId: 'job-1',
    artifacts: [
      { name: 'output.mp4', path: '/artifacts/job-1/output.mp4', type: 'video/mp4', sizeBytes: 2_400_000 },
      { name: 'subtitles.srt', path: '/artifacts/job-1/subtitles.srt', type: 'application/x-subrip', sizeBytes: 812 },
      { name: 'subtitles.vtt', path: '/artifacts/job-1/subtitles.vtt', type: 'text/vtt', sizeBytes: 830 },
    ],
    output: {
      videoPath: '/artifacts/job-1/output.mp4',
      subtitlePath: '/artifacts/job-1/subtitles.srt',
      sizeBytes: 2_400_000,
    },
    ...traced,
  },
};

export const failed: JobEventDraft = {
  type: 'job-failed',
  data: {
    status: 'Failed',
    jobId: 'job-1',
    stage: 'Visuals',
    errorMessage: 'The pictures could not be drawn.',
    errors: [
      {
        code: 'FontMissing',
        message: 'There is no font for this language.',
        remediation: 'Install a font, then try again.',
        details: 'resvg: no glyph',
      },
    ],
    logs: [],
    ...traced,
  },
};

export const canceled: JobEventDraft = {
  type: 'job-cancelled',
  data: { status: 'Cancelled', jobId: 'job-1', stage: 'Visuals', message: '', ...traced },
};

/** A whole job with many progress events, of which no two elements' announcements should number more than seven. */
export const wholeJob: readonly JobEventDraft[] = [
  queued,
  started,
  ...STAGES.flatMap(({ name, from, to }) => [
    stepStarted(name),
    ...Array.from({ length: 20 }, (_, index) => progress(name, from + ((to - from) * index) / 20)),
  ]),
  completed,
];
