/** One job in the guide's words and in those of four backends that grew from it (protocol sheet, 3.1 and 3.2). */
import { frame } from '../../support/scripted-server.ts';

export type Ending = 'Succeeded' | 'Failed' | 'Canceled';

/** How a backend tells the job: by `GET` and by the stream. */
export interface Words {
  /** `GET` before the first connection, before the second, and once the job has ended. */
  readonly states: readonly [object, object, object];
  /** What the first connection tells before it breaks, and what the second one tells up to the end of the job. */
  readonly told: readonly [string, string];
}

/** The newest message when the first connection has told everything. */
export const MESSAGE = 'Speaking scene 2';

const traced = { correlationId: 'corr-1' };
const video = { name: 'output.mp4', path: '/artifacts/job-1/output.mp4', type: 'video/mp4', sizeBytes: 5 };
const error = { code: 'InvalidVoice', message: 'No such voice.', remediation: 'Pick another.', details: 'x' };
const warning = { message: 'The voice is slow.', step: 'TTS', ...traced };
const details = { substageDetail: '2 of 4', currentItem: 2, totalItems: 4 };
const times = { elapsedTime: '00:01:23', estimatedTimeRemaining: '00:02:15' };
const output = { videoPath: video.path, subtitlePath: '', sizeBytes: 5 };

const capitalized = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key[0]!.toUpperCase() + key.slice(1), inner]));

/** Ids of one connection: later than those of any before it. */
function ids(connection: number, first: number): () => string {
  let n = first;
  return () => `${1_700_000_000_000 + connection * 60_000 + n}-${n++}`;
}

/**
 * As docs/protocol.md has it.
 *
 * @param all everything the guide knows, or only what a backend with few words can tell
 */
export function guide(ending: Ending, { all }: { all: boolean }): Words {
  const id = ids(0, 10);
  const tell = (type: string, data: object): string => frame(type, { ...data, ...traced }, id());
  const progress = (step: string, phase: string, percent: number, message: string): string => {
    const rest = all ? { ...details, ...times } : {};
    return tell('step-progress', { step, phase, progressPct: percent, percent, message, ...rest });
  };
  const ended = { jobId: 'job-1', stage: 'Rendering' };
  const ends = {
    Succeeded: () =>
      tell('job-completed', {
        ...ended,
        status: 'Succeeded',
        ...(all ? { artifacts: [video], output } : { output: { ...output, sizeBytes: 0 } }),
      }),
    Failed: () =>
      tell('job-failed', {
        ...ended,
        status: 'Failed',
        errorMessage: 'It failed.',
        errors: all ? [error] : [],
        logs: [],
      }),
    Canceled: () => tell('job-cancelled', { ...ended, status: 'Cancelled', message: 'Stopped.' }),
  };
  const told = [
    tell('job-status', { status: 'Running', stage: 'Script', percent: 0 }) +
      tell('step-status', { step: 'Script', status: 'started', phase: 'plan' }) +
      progress('Script', 'plan', 10, 'Writing') +
      tell('step-status', { step: 'TTS', status: 'started', phase: 'tts' }) +
      (all ? tell('warning', warning) : '') +
      progress('TTS', 'tts', 25, MESSAGE),
    progress('Rendering', 'render', 90, 'Encoding') + ends[ending](),
  ] as const;
  const queued = { jobId: 'job-1', status: 'Queued', stage: 'Script', percent: 0, lastEventId: '1699999999999-1' };
  return { states: [queued, queued, queued], told };
}

/** `GET` of the original backend: small words, no `lastEventId`, no warnings, no steps. */
function originalStates(ending: Ending): Words['states'] {
  const job = { id: 'job-1', createdAt: '2026-01-01T00:00:00Z', artifacts: [], ...traced };
  const status = { Succeeded: 'completed', Failed: 'failed', Canceled: 'cancelled' }[ending];
  return [
    { ...job, status: 'queued', percent: 0, stage: 'Initialization', progressMessage: '' },
    { ...job, status: 'running', percent: 25, stage: 'Voice', progressMessage: MESSAGE },
    {
      ...job,
      status,
      percent: 90,
      stage: 'Rendering',
      ...(ending === 'Succeeded' && { percent: 100, outputPath: video.path }),
      ...(ending === 'Failed' && { errorMessage: 'It failed.' }),
    },
  ];
}

/** PascalCase progress and errors, ids that begin again with each connection, `heartbeat`, `Done`. */
function d1(ending: Ending): Words {
  const connection = (n: number) => {
    const id = ids(n, 0);
    return (type: string, data: object): string => frame(type, data, id());
  };
  const progress = (Stage: string, Percent: number, message: string): object => ({
    ...capitalized({
      jobId: 'job-1',
      message,
      warnings: [],
      etaSeconds: 135,
      ...details,
      ...traced,
      phase: 'processing',
    }),
    ...{ Stage, Percent, Timestamp: '2026-01-01T00:00:00Z', ElapsedSeconds: 83, EstimatedRemainingSeconds: 135 },
  });
  const beat = { Timestamp: '2026-01-01T00:00:00Z', Status: 'alive' };
  const log = { JobId: 'job-1', Message: 'Voice loaded', Stage: 'Voice', Severity: 'info', CorrelationId: 'corr-1' };
  const first = connection(0);
  const second = connection(1);
  const ended = { jobId: 'job-1', stage: 'Rendering', ...traced };
  const ends = {
    Succeeded: () =>
      second('job-status', { status: 'Done', stage: 'Complete', percent: 100, ...traced }) +
      second('job-completed', { ...ended, status: 'Succeeded', artifacts: [video], output, outputPath: video.path }),
    Failed: () =>
      second('job-status', { status: 'Failed', stage: 'Rendering', percent: 90, ...traced }) +
      second('job-failed', {
        ...ended,
        status: 'Failed',
        errorMessage: 'It failed.',
        errors: [capitalized(error)],
        logs: [],
      }),
    Canceled: () =>
      second('job-status', { status: 'Canceled', stage: 'Rendering', percent: 90, ...traced }) +
      second('job-cancelled', { ...ended, status: 'Cancelled', message: 'Stopped.' }),
  };
  return {
    states: originalStates(ending),
    told: [
      first('job-status', { status: 'Running', stage: 'Script', percent: 0, ...traced, isReconnect: false }) +
        first('step-status', { step: 'Script', status: 'started', phase: 'plan', ...traced }) +
        first('step-progress', progress('Script', 10, 'Writing')) +
        first('heartbeat', beat) +
        first('step-status', { step: 'Voice', status: 'started', phase: 'tts', ...traced }) +
        first('job-log', log) +
        first('warning', { ...warning, step: 'Voice' }) +
        first('step-progress', progress('Voice', 25, MESSAGE)),
      second('job-status', { status: 'Running', stage: 'Voice', percent: 25, ...traced, isReconnect: true }) +
        second('heartbeat', beat) +
        second('step-progress', progress('Rendering', 90, 'Encoding')) +
        ends[ending](),
    ],
  };
}

/** `connected`, `progress`, `complete` for every end, without ids. */
function d2(ending: Ending): Words {
  const progress = (stage: string, percent: number, message: string): string =>
    frame('progress', { jobId: 'job-1', status: 'running', stage, percent, message });
  const ends = {
    Succeeded: { status: 'done', success: true, outputPath: video.path },
    Failed: { status: 'failed', success: false, error: 'It failed.' },
    Canceled: { status: 'canceled', success: false },
  };
  const hello = frame('connected', { jobId: 'job-1', message: 'Connected' });
  return {
    states: originalStates(ending),
    told: [
      hello +
        progress('script', 0, '') +
        ': keepalive\n\n' +
        progress('script', 10, 'Writing') +
        progress('voice', 25, MESSAGE),
      hello +
        progress('rendering', 90, 'Encoding') +
        frame('complete', { jobId: 'job-1', stage: 'rendering', ...ends[ending] }),
    ],
  };
}

/** `job-progress` again and again, and `job-completed` for every end, without ids. */
function d3(ending: Ending): Words {
  const progress = (status: string, stage: string, percent: number, message: string): string =>
    frame('job-progress', { jobId: 'job-1', status, stage, percent, message }).repeat(2);
  const ends = {
    Succeeded: { status: 'succeeded', output },
    Failed: { status: 'failed', errorMessage: 'It failed.' },
    Canceled: { status: 'cancelled' },
  };
  return {
    states: originalStates(ending),
    told: [
      progress('connecting', 'connecting', 0, '') +
        progress('running', 'Script', 10, 'Writing') +
        progress('running', 'Voice', 25, MESSAGE),
      progress('running', 'Rendering', 90, 'Encoding') +
        frame('job-completed', {
          jobId: 'job-1',
          stage: 'Rendering',
          ...ends[ending],
          output: ending === 'Succeeded' ? { videoPath: video.path } : undefined,
        }),
    ],
  };
}

/** `percentage`, `stage-complete`, `done`; nothing at all says that a job was cancelled. */
function d4(ending: Ending): Words {
  const timestamp = '2026-01-01T00:00:00Z';
  const progress = (stage: string, percentage: number, message: string): string =>
    frame('progress', { percentage, stage, message, timestamp });
  const ends = {
    Succeeded: frame('done', { videoUrl: video.path }),
    Failed: frame('error', { message: 'It failed.' }),
    Canceled: '',
  };
  return {
    states: originalStates(ending),
    told: [
      progress('Script', 10, 'Writing') +
        frame('stage-complete', { stage: 'Script', nextStage: 'Voice' }) +
        progress('Voice', 25, MESSAGE),
      progress('Rendering', 90, 'Encoding') + ends[ending],
    ],
  };
}

/** Each with whether it has words for details, warnings and errors. */
export const DIALECTS: readonly [name: string, words: (ending: Ending) => Words, all: boolean][] = [
  ['D1', d1, true],
  ['D2', d2, false],
  ['D3', d3, false],
  ['D4', d4, false],
];
