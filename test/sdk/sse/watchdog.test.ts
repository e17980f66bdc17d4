/** Silence is noticed whatever becomes of the clock. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWatchdog } from '../../../sdk/src/sse/watchdog.ts';

const SILENCE_MS = 30_000;
const HOUR_MS = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a clock that is set back does not hold the alarm up for longer than another silence', () => {
  const onSilence = vi.fn();
  const watchdog = startWatchdog(SILENCE_MS, onSilence);
  vi.advanceTimersByTime(1000);
  vi.setSystemTime(Date.now() - HOUR_MS);

  vi.advanceTimersByTime(2 * SILENCE_MS);
  expect(onSilence).toHaveBeenCalledOnce();
  watchdog.stop();
});

test('a machine that slept finds out when it wakes up', () => {
  const onSilence = vi.fn();
  const watchdog = startWatchdog(SILENCE_MS, onSilence);
  vi.advanceTimersByTime(SILENCE_MS - 1000);
  watchdog.feed(Date.now());
  vi.setSystemTime(Date.now() + HOUR_MS);

  vi.advanceTimersByTime(1000);
  expect(onSilence).toHaveBeenCalledOnce();
  watchdog.stop();
});

test('what is fed lives on', () => {
  const onSilence = vi.fn();
  const watchdog = startWatchdog(SILENCE_MS, onSilence);
  for (let n = 0; n < 10; n++) {
    vi.advanceTimersByTime(SILENCE_MS - 1);
    watchdog.feed(Date.now());
  }
  expect(onSilence).not.toHaveBeenCalled();
  watchdog.stop();
  vi.advanceTimersByTime(HOUR_MS);
  expect(onSilence).not.toHaveBeenCalled();
});
