import { describe, expect, test } from 'vitest';
import {
  canTransition,
  emptySnapshot,
  LOG_LIMIT,
  parseJobEvent,
  parseJobSnapshot,
  reduceJob,
  STAGES,
} from '@aura-jobs/sdk/protocol';
import type { JobSnapshot, JobStatus, StageName } from '@aura-jobs/sdk/protocol';

let counter = 0;

function fold(job: JobSnapshot, ...events: [type: string, data: object][]): JobSnapshot {
  return events.reduce(
    (state, [type, data]) =>
      reduceJob(state, parseJobEvent({ type, data: JSON.stringify(data), id: `1699564800000-${++counter}` })),
    job,
  );
}

function progress(step: StageName, percent: number, message = 'working'): [string, object] {
  return ['step-progress', { step, percent, progressPct: percent, message }];
}

const RUNNING: [string, object] = ['job-status', { status: 'Running', stage: 'Script', percent: 0 }];

describe('state machine', () => {
  const statuses: JobStatus[] = ['Queued', 'Running', 'Succeeded', 'Failed', 'Canceled'];
  const allowed = ['Queued Running', 'Queued Canceled', 'Running Succeeded', 'Running Failed', 'Running Canceled'];

  test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    '%s → %s as the guide says',
    (from, to) => {
      expect(canTransition(from, to)).toBe(allowed.includes(`${from} ${to}`));
    },
  );
});

describe('progress', () => {
  test('AC-43 never falls, but the message moves on', () => {
    const job = fold(emptySnapshot('j'), RUNNING, progress('Visuals', 50), progress('Visuals', 40, 'later'));

    expect(job).toMatchObject({ percent: 50, message: 'later', stage: 'Visuals' });
  });

  test('an earlier stage does not pull the job back', () => {
    expect(fold(emptySnapshot('j'), progress('Visuals', 50), progress('TTS', 20)).stage).toBe('Visuals');
  });

  test('100 comes only with success', () => {
    const job = fold(emptySnapshot('j'), progress('Rendering', 100));

    expect(job.percent).toBe(99);
    expect(fold(job, ['job-completed', {}]).percent).toBe(100);
  });

  test('a later step completes those before it (C-30)', () => {
    const job = fold(emptySnapshot('j'), RUNNING, ['step-status', { step: 'Composition', status: 'started' }]);

    expect(job.steps.map(({ status }) => status)).toEqual([
      'Succeeded',
      'Succeeded',
      'Succeeded',
      'Running',
      'Pending',
    ]);
    expect(job.percent).toBe(65);
  });

  test('AC-44 step-scaled percentages give a job percent that rises through the ranges', () => {
    let job = fold(emptySnapshot('j'), RUNNING);
    const seen: number[] = [];
    for (const { name } of STAGES) {
      for (const progressPct of [0, 50, 100]) {
        job = fold(job, ['step-progress', { step: name, progressPct }]);
        seen.push(job.percent);
      }
    }

    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.slice(3)).toEqual([15, 25, 35, 35, 50, 65, 65, 75, 85, 85, 92.5, 99]);
  });
});

describe('ends', () => {
  test('a terminal job-status only announces; the terminal event ends (C-14)', () => {
    const job = fold(emptySnapshot('j'), RUNNING, [
      'job-status',
      { status: 'Succeeded', stage: 'Rendering', percent: 100 },
    ]);

    expect(job.status).toBe('Running');
    expect(fold(job, ['job-completed', {}]).status).toBe('Succeeded');
  });

  test('nothing changes after the end', () => {
    const job = fold(emptySnapshot('j'), RUNNING, ['job-cancelled', { status: 'Cancelled', stage: 'TTS' }]);

    expect(fold(job, progress('Rendering', 90), ['job-completed', {}])).toBe(job);
    expect(job).toMatchObject({ status: 'Canceled', stage: 'TTS' });
  });

  test('a job cancelled while queued has no step that began', () => {
    const job = fold(emptySnapshot('j'), ['job-status', { status: 'Queued' }], ['job-cancelled', { stage: 'Script' }]);

    expect(job.steps.every(({ status }) => status === 'Pending')).toBe(true);
  });

  test('a failure keeps its percent, its errors and the failed step', () => {
    const job = fold(emptySnapshot('j'), progress('TTS', 20), [
      'job-failed',
      { stage: 'TTS', errorMessage: 'no voice', errors: [{ code: 'InvalidVoice' }] },
    ]);

    expect(job).toMatchObject({ status: 'Failed', percent: 20, errorMessage: 'no voice' });
    expect(job.steps[1]!.status).toBe('Failed');
  });

  test('AC-45 a suspected stall is a notice, and the job can still succeed', () => {
    const stalled = fold(emptySnapshot('j'), progress('TTS', 20), [
      'job-failed',
      { errors: [{ Code: 'STALL_TIMEOUT' }] },
    ]);

    expect(stalled).toMatchObject({ status: 'Running', stalledSeconds: 0 });
    expect(fold(stalled, progress('TTS', 21)).stalledSeconds).toBeNull();
    expect(fold(stalled, ['job-completed', {}]).status).toBe('Succeeded');
  });
});

describe('what else a snapshot holds', () => {
  test('AC-32 a server error changes no state but is written down', () => {
    const job = fold(emptySnapshot('j'), progress('TTS', 20), ['error', { message: 'Connection lost' }]);

    expect(job).toMatchObject({ status: 'Running', percent: 20 });
    expect(job.logs.at(-1)).toMatch(/ERROR Connection lost$/);
  });

  test('an event that is older than the snapshot changes nothing (AC-61)', () => {
    const job = { ...emptySnapshot('j'), lastEventId: '1699564800000-999999' };

    expect(fold(job, progress('TTS', 20))).toBe(job);
  });

  test('the log notes what is being done, not how its numbers tick, and is bounded', () => {
    const job = fold(
      emptySnapshot('j'),
      progress('TTS', 20, 'Scene 1'),
      progress('TTS', 21, 'Scene 2'),
      progress('TTS', 22, 'Checking'),
    );
    expect(job.logs.map((line) => line.slice(25))).toEqual(['Scene 1', 'Checking']);

    const turns = Array.from({ length: LOG_LIMIT + 50 }, (_, turn) => progress('TTS', 22, turn % 2 ? 'odd' : 'even'));
    const long = fold(job, ...turns);
    expect(long.logs).toHaveLength(LOG_LIMIT);
    expect(long.logs.at(-1)).toContain('odd');
  });

  test('a snapshot survives its own JSON', () => {
    const job = fold(emptySnapshot('j'), RUNNING, progress('TTS', 20), ['warning', { message: 'w', step: 'TTS' }]);

    expect(parseJobSnapshot(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  test('a foreign resource without steps gets them from its stage', () => {
    const job = parseJobSnapshot({ Id: 'j', Status: 'running', Percent: 50, Stage: 'Images' });

    expect(job).toMatchObject({ jobId: 'j', status: 'Running', stage: 'Visuals' });
    expect(job.steps.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded', 'Running', 'Pending', 'Pending']);
  });
});
