/** At what pace and with which numbers progress is told. Time is the subject, so it is moved by hand. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptySnapshot } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { ProgressReporter } from '../../reference-server/src/progress/progress-reporter.ts';
import { TimeRemaining } from '../../reference-server/src/progress/time-remaining.ts';
import { eventually } from '../support/eventually.ts';

const EXPECTED = { Script: 1, TTS: 2, Visuals: 2, Composition: 1, Rendering: 10 };

let sent: JobEventDraft[];
let reporter: ProgressReporter;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  sent = [];
  reporter = new ProgressReporter({
    job: emptySnapshot('j'),
    correlationId: 'c',
    expectedSeconds: EXPECTED,
    stallAfterMs: 120_000,
    append: async (events) => void sent.push(...events),
    onFailure: () => {},
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const messages = (): string[] => sent.flatMap((event) => (event.type === 'step-progress' ? [event.data.message] : []));

function report(item: number): void {
  void reporter.report('Visuals', { item, of: 100, message: String(item) });
}

test('four a second at the most, the newest each time, and the last one is never left out', () => {
  for (let item = 1; item <= 100; item++) {
    report(item);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);

  expect(messages()).toEqual(['1', '25', '50', '75', '100']);
});

test('a timer that is early by a fraction still sends', () => {
  report(1);
  vi.advanceTimersByTime(0.4);
  report(2);
  vi.advanceTimersByTime(249.5);

  expect(messages()).toEqual(['1', '2']);
});

test('percent stays in the stage’s range, never falls, and the stage is announced at its floor', async () => {
  await reporter.stageStarted('Visuals', { announce: true });
  for (const done of [0, 0.5, 0.2, 1]) {
    await reporter.report('Visuals', { item: 1, of: 1, message: '', done });
    vi.advanceTimersByTime(300);
  }

  expect(sent.map((event) => ('percent' in event.data ? event.data.percent : event.type))).toEqual([
    'step-status',
    35,
    50,
    50,
    64,
  ]);
});

test('the words of a program will do: what they say is told in items and percent, and silence about it changes nothing', async () => {
  await reporter.stageStarted('Rendering', { announce: true });
  for (const message of ['Starting', 'frame 120/300', 'still at it', 'rendering 80%', 'Muxing', 'frame 300/300']) {
    await reporter.report('Rendering', { message });
    vi.advanceTimersByTime(300);
  }
  await reporter.report('Rendering', { message: 'Encoding', detail: '3 of 5' });

  const told = sent.flatMap((event) => (event.type === 'step-progress' ? [event.data] : []));
  expect(
    told.map(({ percent, stepPct, currentItem, totalItems }) => [percent, stepPct, currentItem, totalItems]),
  ).toEqual([
    [85, 0, 1, 1],
    [91, 40, 120, 300],
    [91, 40, 1, 1],
    [97, 80, 1, 1],
    [97, 80, 1, 1],
    [99, 100, 300, 300],
    // Never falls.
    [99, 60, 3, 5],
  ]);
  expect(told.at(-1)!.substageDetail).toBe('3 of 5');
});

test('the estimate follows the pace that is seen', async () => {
  await reporter.stageStarted('Rendering', { announce: true });
  const estimates: (string | null)[] = [];
  for (const done of [0, 0.25, 0.5, 0.75, 1]) {
    await reporter.report('Rendering', { item: 1, of: 1, message: '', done });
    const last = sent.at(-1)!;
    if (last.type === 'step-progress') estimates.push(last.data.estimatedTimeRemaining);
    vi.advanceTimersByTime(5000);
  }

  // Twice as slow as expected: 10 s become 20.
  expect(estimates[0]).toBe('00:00:10');
  expect(estimates.at(-1)).toBe('00:00:00');
  expect(Number(estimates[2]!.slice(-2))).toBeGreaterThan(5);
});

test('what is begun anew, and what takes far longer than expected, does not spoil the estimate', () => {
  let now = 0;
  const remaining = new TimeRemaining(EXPECTED, () => now);
  const expected = Object.values(EXPECTED).reduce((sum, seconds) => sum + seconds);
  remaining.stageStarted();
  remaining.seconds('Script', 0);
  remaining.seconds('Script', 0.05);
  // The first attempt was silent for an hour.
  now += 3_600_000;
  expect(remaining.seconds('Script', 0)).toBe(expected);
  now += EXPECTED.Script * 500;
  expect(remaining.seconds('Script', 0.5)).toBe(expected - EXPECTED.Script / 2);
  now += 3_600_000;
  expect(remaining.seconds('Script', 0.6)).toBeLessThan(expected * 10);
});

test('what cannot be logged is told to the runner', async () => {
  const faults: unknown[] = [];
  const failing = new ProgressReporter({
    job: emptySnapshot('j'),
    correlationId: 'c',
    expectedSeconds: EXPECTED,
    stallAfterMs: 120_000,
    append: () => Promise.reject(new Error('disk full')),
    onFailure: (error) => faults.push(error),
  });

  await failing.report('Script', { item: 1, of: 1, message: '' });
  failing.warn('Script', 'w');
  await eventually(() => faults.length === 2);
});

test('AC-46 a program that hangs and says the same again makes no progress', () => {
  for (let second = 0; second <= 120; second++) {
    void reporter.report('Rendering', { item: 7, of: 100, message: 'frame 7/100', done: 0.07 });
    vi.advanceTimersByTime(1000);
  }

  expect(messages()).toEqual(['frame 7/100']);
  expect(sent.filter(({ type }) => type === 'warning')).toMatchObject([{ data: { stallDurationSeconds: 120 } }]);
});

test('AC-46 silence is one warning, and progress starts the wait again', () => {
  report(1);
  vi.advanceTimersByTime(119_000);
  report(2);
  vi.advanceTimersByTime(300_000);
  report(3);
  reporter.close();
  vi.advanceTimersByTime(300_000);

  const warnings = sent.filter(({ type }) => type === 'warning');
  expect(warnings).toMatchObject([
    { data: { step: 'Visuals', stallDurationSeconds: 120, message: expect.stringContaining('120 s') } },
  ]);
});
