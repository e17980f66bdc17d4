/** Writes captions in the two formats that players read. */
import type { Cue } from './cues.ts';

/** SubRip: numbered, comma before the milliseconds, text as it is. */
export function toSrt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startSeconds, endSeconds, lines }, index) =>
      `${index + 1}\n${timestamp(startSeconds, ',')} --> ${timestamp(endSeconds, ',')}\n${lines.join('\n')}\n`,
  );
  return blocks.join('\n');
}

/** WebVTT: a header, point before the milliseconds, text escaped because it is markup. */
export function toVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startSeconds, endSeconds, lines }) =>
      `${timestamp(startSeconds, '.')} --> ${timestamp(endSeconds, '.')}\n${escapeMarkup(lines.join('\n'))}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `hh:mm:ss` and milliseconds. Rounded down, so that no cue reaches into the next one or past the end. */
function timestamp(seconds: number, separator: ',' | '.'): string {
  const milliseconds = Math.floor(seconds * 1000 + 1e-6);
  const part = (divisor: number, modulus: number, digits: number): string =>
    String(Math.floor(milliseconds / divisor) % modulus).padStart(digits, '0');
  const time = [part(3_600_000, 100, 2), part(60_000, 60, 2), part(1000, 60, 2)].join(':');
  return `${time}${separator}${part(1, 1000, 3)}`;
}
