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

/**
 * Where a caption stands, as a share of the picture's height: below the card's heading, even where a player would lift it
 * above its controls, and high enough for two lines, even where a player puts the first one exactly there.
 */
const LOW_LINE = ' line:85%';
const WIDE_SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * WebVTT: a header, point before the milliseconds, text escaped because it is markup.
 *
 * @param isWide the picture is clearly wider than high. Some browsers do not wrap a caption that has a place, so it gets
 * one only where a full line is sure to fit; on a high card the heading is far from the captions anyway.
 */
export function toVtt(cues: readonly Cue[], { isWide }: { readonly isWide: boolean }): string {
  const blocks = cues.map(({ startSeconds, endSeconds, lines }) => {
    const text = lines.join('\n');
    const place = isWide && !WIDE_SIGN.test(text) ? LOW_LINE : '';
    return `${timestamp(startSeconds, '.')} --> ${timestamp(endSeconds, '.')}${place}\n${escapeMarkup(text)}\n`;
  });
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
