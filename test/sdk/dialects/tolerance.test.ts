/** What a robust client must accept in events and in `GET`: the rows of the protocol sheet's table 3.4 about payloads. */
import { describe, expect, test } from 'vitest';
import { emptySnapshot, foldEvents, parseJobEvent, parseJobSnapshot } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import { shown } from './play.ts';

type Told = [type: string, data: object];

const RUNNING: Told = ['job-status', { status: 'Running', stage: 'Script', percent: 0 }];

function fold(...told: Told[]): JobSnapshot {
  const events = told.map(([type, data], n) =>
    parseJobEvent({ type, data: JSON.stringify(data), id: `1700000000000-${n}` }),
  );
  return foldEvents(emptySnapshot('a'), events);
}

/** Every object, however deep, with its keys spelt in another way. */
function respell(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => respell(item, spell));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [spell(key), respell(inner, spell)]));
}

const SPELLINGS: [name: string, spell: (key: string) => string][] = [
  ['PascalCase', (key) => key[0]!.toUpperCase() + key.slice(1)],
  ['snake_case', (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
  ['UPPER_CASE', (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()],
];

describe.each(SPELLINGS)('AC-38 keys in %s mean the same at every depth', (_name, spell) => {
  const artifacts = [{ name: 'v.mp4', path: '/v.mp4', type: 'video/mp4', sizeBytes: 5 }];
  const errors = [{ code: 'C', message: 'm', remediation: 'r', details: 'd' }];
  const output = { videoPath: '/v.mp4', subtitlePath: '/s.srt', sizeBytes: 5, durationSeconds: 2 };
  const progress = {
    step: 'TTS',
    progressPct: 25,
    stepPct: 50,
    substageDetail: 'x',
    currentItem: 1,
    totalItems: 2,
    elapsedTime: '00:00:03',
    estimatedTimeRemaining: '00:00:12',
    message: 'm',
  };

  test.each<Told>([
    ['step-progress', progress],
    ['step-status', { step: 'TTS', status: 'started' }],
    ['warning', { message: 'w', step: 'TTS', stallDurationSeconds: 120 }],
    ['job-completed', { artifacts, output }],
    ['job-failed', { stage: 'TTS', errorMessage: 'e', errors, logs: ['l'] }],
    ['job-cancelled', { stage: 'TTS', correlationId: 'c' }],
  ])('%s', (type, data) => {
    expect(fold(RUNNING, [type, respell(data, spell) as object])).toEqual(fold(RUNNING, [type, data]));
  });

  test('GET', () => {
    const steps = [{ name: 'Script', status: 'Succeeded', progressPct: 100, startedAt: 'a', completedAt: 'b' }];
    const warnings = [{ message: 'w', step: 'TTS' }];
    const job = {
      jobId: 'a',
      status: 'Running',
      ...progress,
      steps,
      warnings,
      errors,
      artifacts,
      output,
      lastEventId: '1-1',
      retryOf: 'b',
      attempt: 2,
      queuePosition: 3,
      createdAt: 'c',
    };

    expect(parseJobSnapshot(respell(job, spell))).toEqual(parseJobSnapshot(job));
  });
});

describe('progress', () => {
  test.each(['percent', 'Percent', 'percentage', 'progress', 'overallPercent', 'overall_percent'])(
    '%s is the percentage of the job',
    (name) => {
      expect(fold(RUNNING, ['progress', { stage: 'Images', [name]: 50 }])).toMatchObject({
        stage: 'Visuals',
        percent: 50,
      });
      expect(parseJobSnapshot({ status: 'running', stage: 'Images', [name]: 50 }).percent).toBe(50);
      // Also where a backend shares the percentage out in another way than the guide.
      expect(fold(RUNNING, ['progress', { stage: 'Voice', [name]: 50 }]).percent).toBe(50);
    },
  );

  test.each(['step', 'stage', 'currentStage', 'CurrentStage'])('%s names the step', (name) => {
    expect(fold(RUNNING, ['step-progress', { [name]: 'Voice', percent: 20 }]).stage).toBe('TTS');
    expect(parseJobSnapshot({ status: 'running', [name]: 'Voice' }).stage).toBe('TTS');
  });

  test.each([
    [{ elapsedSeconds: 83, etaSeconds: 135 }],
    [{ ElapsedSeconds: 83.4, EstimatedRemainingSeconds: 134.6 }],
    [{ elapsedTime: '00:01:23.0000000', eta: '00:02:15.1234567' }],
    [{ elapsedTime: '0.00:01:23', estimatedTimeRemaining: 135 }],
  ])('durations as %j', (times) => {
    const expected = { elapsedTime: '00:01:23', estimatedTimeRemaining: '00:02:15' };

    expect(fold(RUNNING, ['step-progress', { step: 'TTS', percent: 20, ...times }])).toMatchObject(expected);
    expect(parseJobSnapshot({ status: 'running', ...times })).toMatchObject(expected);
  });

  test('steps that a slow poll has skipped are done', () => {
    const job = fold(RUNNING, ['step-progress', { Stage: 'Rendering', Percent: 90 }]);

    expect(job.steps.map(({ status }) => status)).toEqual([
      'Succeeded',
      'Succeeded',
      'Succeeded',
      'Succeeded',
      'Running',
    ]);
  });

  test('a heartbeat is never shown', () => {
    expect(fold(RUNNING, ['heartbeat', { Timestamp: 'x', Status: 'alive' }])).toEqual(fold(RUNNING));
  });

  test('AC-46 silence is a notice and no warning, and progress takes it back', () => {
    const stalled: Told = [
      'warning',
      { message: 'Nothing moves.', step: 'TTS', stallDurationSeconds: 120, percent: 20 },
    ];

    expect(fold(RUNNING, stalled)).toMatchObject({ status: 'Running', stalledSeconds: 120, warnings: [] });
    expect(fold(RUNNING, stalled, ['step-progress', { step: 'TTS', percent: 21 }]).stalledSeconds).toBeNull();
  });
});

describe('GET', () => {
  test.each([
    ['running', 'Running'],
    ['completed', 'Succeeded'],
    ['cancelled', 'Canceled'],
    ['Done', 'Succeeded'],
    ['Succeeded', 'Succeeded'],
  ])('the status %s is %s', (word, status) => {
    expect(parseJobSnapshot({ id: 'a', status: word })).toMatchObject({ jobId: 'a', status });
  });

  test.each([
    [{ path: '/artifacts/a/output.mp4', type: 'video/mp4' }, 'output.mp4', '/artifacts/a/output.mp4'],
    [{ filePath: 'C:\\videos\\output.mp4', type: 'video/mp4' }, 'output.mp4', 'C:\\videos\\output.mp4'],
    [{ path: '', filePath: '/v/a.srt', type: 'text/srt' }, 'a.srt', '/v/a.srt'],
    [{ type: 'subtitle' }, 'subtitle', ''],
  ])('an artifact without a name, %j, is called %s', (artifact, name, path) => {
    expect(parseJobSnapshot({ status: 'Done', artifacts: [artifact] }).artifacts).toMatchObject([{ name, path }]);
  });
});

describe('the result is the first that says something', () => {
  test.each([
    [{ output: { videoPath: '/1.mp4' }, outputPath: '/2.mp4' }, '/1.mp4'],
    [{ output: { videoPath: '' }, outputPath: '/2.mp4' }, '/2.mp4'],
    [{ outputPath: '/2.mp4', artifacts: [{ path: '/3.mp4', type: 'video/mp4' }] }, '/2.mp4'],
    [
      {
        outputPath: null,
        artifacts: [
          { path: '/s.srt', type: 'text/srt' },
          { path: '/3.mp4', type: 'video/mp4' },
        ],
      },
      '/3.mp4',
    ],
    [{ artifacts: [{ filePath: '/3.mp4', type: 'video' }] }, '/3.mp4'],
    [{ videoUrl: '/4.mp4' }, '/4.mp4'],
  ])('%j', (data, videoPath) => {
    expect(fold(RUNNING, ['job-completed', data]).output).toMatchObject({ videoPath });
    expect(parseJobSnapshot({ status: 'Done', ...data }).output).toMatchObject({ videoPath });
  });

  test('without any the job has succeeded all the same', () => {
    expect(shown(fold(RUNNING, ['job-completed', {}]))).toMatchObject({
      status: 'Succeeded',
      percent: 100,
      output: null,
    });
    expect(parseJobSnapshot({ status: 'Done' })).toMatchObject({ status: 'Succeeded', percent: 100, output: null });
  });
});

test.each([
  ['started', 'Running'],
  ['Started', 'Running'],
  ['running', 'Running'],
  ['In-Progress', 'Running'],
  ['Completed', 'Succeeded'],
  ['done', 'Succeeded'],
  ['SKIPPED', 'Skipped'],
  ['Failed', 'Failed'],
  ['error', 'Failed'],
  ['pending', 'Pending'],
  ['in review', 'Pending'],
  ['constructor', 'Pending'],
])('a step told as "%s" is %s', (word, status) => {
  expect(fold(RUNNING, ['step-status', { step: 'TTS', status: word }]).steps[1]).toMatchObject({ status });
});

test('steps of `GET` in other words, and with numbers that cannot be', () => {
  const steps = [
    { name: 'script', status: 'done', progressPct: '-4' },
    { name: 'Voice', status: 'skipped', progress_pct: 400 },
  ];
  const [script, speech] = parseJobSnapshot({ id: 'a', status: 'running', steps }).steps;
  expect(script).toMatchObject({ status: 'Succeeded', progressPct: 0 });
  expect(speech).toMatchObject({ status: 'Skipped', progressPct: 100 });
});

test('a stall is told in a number, also where it comes as text; what is none is a warning like others', () => {
  const stalled = (stallDurationSeconds: unknown): JobSnapshot =>
    fold(RUNNING, ['warning', { message: 'No progress', stallDurationSeconds }]);

  expect(stalled('120')).toMatchObject({ stalledSeconds: 120, warnings: [] });
  expect(stalled({})).toMatchObject({ stalledSeconds: null, warnings: [{ message: 'No progress' }] });
});

test('a correlation that is no text is none', () => {
  expect(fold(RUNNING, ['job-log', { message: 'm', correlationId: { id: 7 } }]).correlationId).toBeNull();
});

test('a job that succeeded stands at its end, also where `GET` says no more than that', () => {
  expect(parseJobSnapshot({ id: 'a', status: 'completed' })).toMatchObject({
    percent: 100,
    stage: 'Rendering',
    phase: 'complete',
  });
});
