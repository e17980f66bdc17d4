/** Notices that a connection has fallen silent although its socket is open (AC-31). */
import { startTimer } from '../http/abort.ts';

export interface Watchdog {
  /** Something arrived at this Unix time in ms. */
  feed(now: number): void;
  stop(): void;
}

/**
 * Calls `onSilence` once when nothing was fed for `silenceMs`. It goes by the wall clock, so a machine that slept
 * finds out when it wakes up.
 */
export function startWatchdog(silenceMs: number, onSilence: () => void): Watchdog {
  let last = Date.now();
  let timer = startTimer(check, silenceMs);
  function check(): void {
    const now = Date.now();
    // A clock that was set back would hold the alarm up.
    last = Math.min(last, now);
    const left = last + silenceMs - now;
    if (left <= 0) onSilence();
    else timer = startTimer(check, left);
  }
  return {
    feed: (now) => void (last = now),
    stop: () => clearTimeout(timer),
  };
}
