import { describe, expect, test } from 'vitest';
import { emptySnapshot, foldStage, foldStatus, parseJobEvent, reduceJob } from '@aura-jobs/sdk/protocol';
import type { JobEvent } from '@aura-jobs/sdk/protocol';

function parse(type: string, data: unknown, id = ''): JobEvent {
  return parseJobEvent({ type, data: JSON.stringify(data), id });
}

describe('the guide’s events', () => {
  test('keeps every field of step-progress', () => {
    const data = {
      step: 'Script',
      phase: 'plan',
      progressPct: 10,
      percent: 10,
      stepPct: 60,
      message: 'Generating script...',
      substageDetail: 'Scene 3 of 5',
      currentItem: 3,
      totalItems: 5,
      elapsedTime: '00:01:23',
      estimatedTimeRemaining: '00:02:15',
      correlationId: 'abc123',
    };

    const event = parse('step-progress', data, '1699564800000-42');

    expect(event).toMatchObject({ type: 'step-progress', id: '1699564800000-42', data, raw: JSON.stringify(data) });
  });

  test('keeps fields it does not know', () => {
    expect(parse('step-progress', { step: 'TTS', seq: 7, sentAt: 1.5 }).data).toMatchObject({ seq: 7, sentAt: 1.5 });
  });

  test('throws on a payload that is not JSON, so that the caller can report it and go on (AC-48)', () => {
    expect(() => parseJobEvent({ type: 'warning', data: '{oops' })).toThrow(SyntaxError);
  });
});

describe('dialects', () => {
  test('AC-38 PascalCase progress gives the same state as camelCase', () => {
    const pascal = parse('step-progress', {
      JobId: 'j',
      Stage: 'Voice',
      Percent: 25,
      Message: 'Speaking',
      CorrelationId: 'c',
      SubstageDetail: '2 of 4',
      CurrentItem: 2,
      TotalItems: 4,
      Phase: 'tts',
      ElapsedSeconds: 83,
      EstimatedRemainingSeconds: 135,
    });
    const camel = parse('step-progress', {
      step: 'TTS',
      phase: 'tts',
      percent: 25,
      progressPct: 25,
      message: 'Speaking',
      correlationId: 'c',
      substageDetail: '2 of 4',
      currentItem: 2,
      totalItems: 4,
      elapsedTime: '00:01:23',
      estimatedTimeRemaining: '00:02:15',
    });

    expect(reduceJob(emptySnapshot('j'), pascal)).toEqual(reduceJob(emptySnapshot('j'), camel));
  });

  test('AC-38 PascalCase errors inside a camelCase job-failed are read', () => {
    const event = parse('job-failed', {
      stage: 'Rendering',
      errorMessage: 'no',
      errors: [{ Code: 'FFMPEG_ERROR', Message: 'm', Remediation: 'r', Details: 'd' }],
    });

    expect(event.data).toMatchObject({
      errors: [{ code: 'FFMPEG_ERROR', message: 'm', remediation: 'r', details: 'd' }],
    });
  });

  test.each([
    ['Done', 'Succeeded'],
    ['completed', 'Succeeded'],
    ['cancelled', 'Canceled'],
    ['Canceled', 'Canceled'],
    ['processing', 'Running'],
    ['Pending', 'Queued'],
    ['idle', undefined],
    [7, undefined],
  ])('AC-39 folds status %j to %j', (raw, status) => {
    expect(foldStatus(raw)).toBe(status);
  });

  test.each([
    ['Voice', 'TTS'],
    ['Images', 'Visuals'],
    ['Encode', 'Rendering'],
    ['Initialization', 'Script'],
    ['post-processing', 'Rendering'],
    ['processing', undefined],
  ])('AC-40 folds stage %j to %j', (raw, stage) => {
    expect(foldStage(raw)).toBe(stage);
  });

  test.each([
    [{ status: 'failed' }, 'job-failed'],
    [{ status: 'cancelled' }, 'job-cancelled'],
    [{ success: false }, 'job-failed'],
    [{ status: 'completed' }, 'job-completed'],
  ])('AC-41 job-completed with %j is %s', (data, type) => {
    expect(parse('job-completed', data).type).toBe(type);
  });

  test.each([
    ['heartbeat', 'heartbeat'],
    ['connected', 'heartbeat'],
    ['shutdown', 'heartbeat'],
    ['job-log', 'job-log'],
    ['step-error', 'warning'],
    ['phase-progress', 'step-progress'],
    ['brand-new', 'unknown'],
    ['toString', 'unknown'],
  ])('AC-42 reads %s as %s', (name, type) => {
    expect(parse(name, { message: 'm' }).type).toBe(type);
  });

  test('finds the video wherever a backend puts it', () => {
    const artifacts = [{ path: '/artifacts/j/output.mp4', type: 'video/mp4', sizeBytes: 5 }];

    expect(parse('job-completed', { artifacts }).data).toMatchObject({
      artifacts: [{ name: 'output.mp4' }],
      output: { videoPath: '/artifacts/j/output.mp4', subtitlePath: '', sizeBytes: 5 },
    });
    expect(parse('job-completed', { outputPath: '/v.mp4' }).data).toMatchObject({ output: { videoPath: '/v.mp4' } });
    expect(parse('job-completed', {}).data).toMatchObject({ output: null });
  });
});

describe('values that make no sense', () => {
  test('percentages are held between 0 and 100', () => {
    expect(parse('step-progress', { step: 'Script', percent: 150, stepPct: 400 }).data).toMatchObject({
      percent: 100,
      stepPct: 100,
    });
    expect(parse('step-progress', { step: 'Script', percent: -3 }).data).toMatchObject({ percent: 0 });
  });

  test.each([
    ['progress_pct', 7],
    ['PROGRESS_PCT', 7],
    ['ProgressPct', 7],
    ['__proto__', undefined],
  ])('the key %s is read as %j', (key, value) => {
    expect(
      (parseJobEvent({ type: 'step-progress', data: `{"${key}":7}` }).data as { progressPct?: number }).progressPct,
    ).toBe(value);
  });
});
