/** Breaks a heading into lines and finds the largest letters with which it fits. */
import type { FontMetrics } from './font.ts';

export interface FittedText {
  readonly lines: readonly string[];
  readonly fontSize: number;
}

export interface TextArea {
  readonly width: number;
  readonly height: number;
  readonly maxFontSize: number;
}

export const LINE_HEIGHT = 1.12;
const MIN_FONT_SIZE = 8;
const STEP = 0.94;
/** A word that is too long at this share of the largest size is broken rather than made smaller still. */
const MIN_UNBROKEN = 0.5;

/** Lines of about equal length, in the largest size in which no word has to be broken; a giant word is broken. */
export function fitText(text: string, font: FontMetrics, { width, height, maxFontSize }: TextArea): FittedText {
  const words = text.split(' ');
  const hasGiant = words.some((word) => font.width(word, maxFontSize * MIN_UNBROKEN) > width);
  const pieces = hasGiant ? words.flatMap((word) => breakWord(word, font, maxFontSize * MIN_UNBROKEN, width)) : words;
  for (let fontSize = maxFontSize; fontSize > MIN_FONT_SIZE; fontSize *= STEP) {
    const lines = balance(pieces, font, fontSize, width);
    const fits = lines.length * fontSize * LINE_HEIGHT <= height;
    const isWhole = lines.every((line) => font.width(line, fontSize) <= width);
    // A short word alone on a line looks lost; in small letters there is no better way.
    const isLonely = lines.some((line) => line.length < 4) && fontSize > maxFontSize * MIN_UNBROKEN;
    if (fits && isWhole && (!isLonely || lines.length === 1)) return { lines, fontSize };
  }
  return { lines: [truncate(text, font, MIN_FONT_SIZE, width)], fontSize: MIN_FONT_SIZE };
}

/** A line cut to a width, with an ellipsis if something is missing. */
export function truncate(text: string, font: FontMetrics, fontSize: number, width: number): string {
  if (font.width(text, fontSize) <= width) return text;
  let end = text.length;
  while (end > 0 && font.width(`${text.slice(0, end).trimEnd()}…`, fontSize) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

function wrap(words: readonly string[], font: FontMetrics, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && font.width(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The narrowest lines that are no more than needed: avoids a last line with one lonely word. */
function balance(words: readonly string[], font: FontMetrics, fontSize: number, width: number): string[] {
  let best = wrap(words, font, fontSize, width);
  for (let narrower = width * 0.97; narrower > width * 0.4; narrower *= 0.97) {
    const lines = wrap(words, font, fontSize, narrower);
    if (lines.length > best.length || lines.some((line) => font.width(line, fontSize) > narrower)) break;
    best = lines;
  }
  return best;
}

function breakWord(word: string, font: FontMetrics, fontSize: number, width: number): string[] {
  const parts: string[] = [''];
  for (const character of word) {
    if (font.width(parts.at(-1) + character, fontSize) > width) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
}
