/** Numbers for people: time spans, times of day and file sizes. */

const numberFormats = new Map<string, Intl.NumberFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();
const listFormats = new Map<string, Intl.ListFormat>();

/** `42s`, `3m 5s` or `1h 4m`; `short` units keep their distance where the language wants it. */
export function formatSpan(seconds: number, language = 'en', unitDisplay: 'narrow' | 'short' = 'narrow'): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const unit = (count: number, name: string): string => formatNumber(count, language, unitOf(name, unitDisplay));
  const list = (...parts: string[]): string => listFormat(language).format(parts);
  if (minutes === 0) return unit(whole, 'second');
  if (minutes < 60) return list(unit(minutes, 'minute'), unit(whole % 60, 'second'));
  return list(unit(Math.floor(minutes / 60), 'hour'), unit(minutes % 60, 'minute'));
}

/** `812 kB`, `2.4 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3));
  return formatNumber(bytes / 1000 ** step, language, {
    ...unitOf(steps[step]!, step === 0 ? 'long' : 'short'),
    maximumFractionDigits: step < 2 ? 0 : 1,
  });
}

/** Time of day of an ISO time: `2:05 PM`, or with seconds `2:05:09 PM`; empty for what is no time. */
export function formatTime(time: string, language: string, timeStyle: 'short' | 'medium'): string {
  const make = (): Intl.DateTimeFormat => new Intl.DateTimeFormat(digitsOf(language), { timeStyle });
  const date = new Date(time);
  return Number.isNaN(date.valueOf()) ? '' : kept(timeFormats, language + timeStyle, make).format(date);
}

/** As `Intl.NumberFormat` does. */
export function formatNumber(value: number, language: string, options: Intl.NumberFormatOptions = {}): string {
  const key = language + Object.values(options).join();
  return kept(numberFormats, key, () => new Intl.NumberFormat(digitsOf(language), options)).format(value);
}

function listFormat(language: string): Intl.ListFormat {
  return kept(listFormats, language, () => new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }));
}

/** A format is made once, because a bar asks for several ten times a second. */
function kept<T>(formats: Map<string, T>, key: string, make: () => T): T {
  let format = formats.get(key);
  if (!format) formats.set(key, (format = make()));
  return format;
}

/** Browsers disagree about the digits of plain `ar`; those that are read in every Arab country are taken. */
function digitsOf(language: string): string {
  return language === 'ar' ? 'ar-u-nu-latn' : language;
}

function unitOf(unit: string, unitDisplay: 'narrow' | 'short' | 'long'): Intl.NumberFormatOptions {
  return { style: 'unit', unit, unitDisplay };
}

/** Whole percent that never claims more than was reached. */
export function wholePercent(percent: number): number {
  return Math.floor(percent);
}

/** Seconds between two ISO times, or `undefined` while one is missing. */
export function secondsBetween(from: string | null, to: string | null): number | undefined {
  const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
