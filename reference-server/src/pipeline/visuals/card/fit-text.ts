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
  const pieces = text.split(' ').flatMap((word) => breakWord(word, font, maxFontSize * MIN_UNBROKEN, width));
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

/** A word, or a part of one that is too long for a line. */
interface Piece {
  readonly text: string;
  /** What stands between it and the piece before, unless a line ends there. */
  readonly gap: '' | ' ';
}

function wrap(pieces: readonly Piece[], font: FontMetrics, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const { text, gap } of pieces) {
    const longer = `${lines.at(-1)}${gap}${text}`;
    if (lines.length > 0 && font.width(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}

/** The narrowest lines that are no more than needed: avoids a last line with one lonely word. */
function balance(pieces: readonly Piece[], font: FontMetrics, fontSize: number, width: number): string[] {
  let best = wrap(pieces, font, fontSize, width);
  for (let narrower = width * 0.97; narrower > width * 0.4; narrower *= 0.97) {
    const lines = wrap(pieces, font, fontSize, narrower);
    if (lines.length > best.length || lines.some((line) => font.width(line, fontSize) > narrower)) break;
    best = lines;
  }
  return best;
}

/** The word in one piece if it fits into the width, else in as few as do. */
function breakWord(word: string, font: FontMetrics, fontSize: number, width: number): Piece[] {
  const parts: string[] = [''];
  for (const character of word) {
    if (font.width(parts.at(-1) + character, fontSize) > width) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts.map((text, index) => ({ text, gap: index === 0 ? ' ' : '' }));
}
