/** Time spans as the wire writes them: `[d.]hh:mm:ss[.fffffff]` (protocol sheet, section 4.3, C-35). */

const FORM = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/;

/** `hh:mm:ss` for a number of seconds, with a `d.` prefix from 24 hours on. Negative counts as 0. */
export function formatTimeSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  return (days ? `${days}.` : '') + new Date((whole % 86_400) * 1000).toISOString().slice(11, 19);
}

/** Seconds in a time span; accepts numbers as seconds. `undefined` when it is neither. */
export function parseTimeSpan(raw: unknown): number | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  const match = typeof raw === 'string' ? FORM.exec(raw) : null;
  if (!match) return undefined;
  const [, sign, days = 0, hours, minutes, seconds] = match;
  return (sign ? -1 : 1) * (+days * 86_400 + +hours! * 3600 + +minutes! * 60 + +seconds!);
}

/** The first value that is a time span, in the form of the wire; `null` when none is. */
export function readTimeSpan(first: unknown, second: unknown): string | null {
  const seconds = parseTimeSpan(first) ?? parseTimeSpan(second);
  return seconds === undefined ? null : formatTimeSpan(seconds);
}
