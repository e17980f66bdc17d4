/** Cuts the spoken text into captions that can be read: two short lines, in step with the voice. */
import type { Timeline, TimelineSentence } from './timeline.ts';

export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** One or two. */
  readonly lines: readonly string[];
}

const MAX_LINE = 42;
const MIN_CUE_SECONDS = 0.8;
/** A caption may stay a little after the last word, if the next one is not due yet. */
const LINGER_SECONDS = 0.25;
/** How much nearer to the middle, as a share of the text, a mere space must be to win against a natural break. */
const PUNCTUATION_BONUS = 0.3;
const CONJUNCTION_BONUS = 0.15;

/** All captions of a video in order, none overlapping another. */
export function buildCues({ scenes, durationSeconds }: Timeline): Cue[] {
  const raw = scenes.flatMap((scene) => scene.sentences.flatMap(sentenceCues));
  return raw.map((cue, index) => {
    const latest = raw[index + 1]?.startSeconds ?? durationSeconds;
    const wanted = Math.max(cue.endSeconds + LINGER_SECONDS, cue.startSeconds + MIN_CUE_SECONDS);
    return { ...cue, endSeconds: Math.min(latest, wanted) };
  });
}

/** The parts of one sentence share its time by their characters. */
function sentenceCues({ text, startSeconds, durationSeconds }: TimelineSentence): Cue[] {
  const parts = split(breakLongWords(text.replaceAll('-->', '→')));
  const characters = parts.reduce((sum, part) => sum + part.length, 0);
  let at = startSeconds;
  return parts.map((part) => {
    const start = at;
    at += (durationSeconds * part.length) / characters;
    return { startSeconds: start, endSeconds: at, lines: toLines(part) };
  });
}

/** Halves the text at the most natural point near its middle until every part fits into a caption. */
function split(text: string): string[] {
  if (toLines(text).every((line) => line.length <= MAX_LINE)) return [text];
  const at = bestBreak(text);
  return [...split(text.slice(0, at)), ...split(text.slice(at + 1))];
}

/** One line if it fits, else two, broken at the best point that keeps both short; too long only if none does. */
function toLines(text: string): string[] {
  if (text.length <= MAX_LINE) return [text];
  const at = bestBreak(text, (index) => index <= MAX_LINE && text.length - index - 1 <= MAX_LINE);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Index of the space that divides the text best; one for which `isAllowed` holds, if there is any. */
function bestBreak(text: string, isAllowed: (index: number) => boolean = () => true): number {
  const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
  const allowed = spaces.filter(isAllowed);
  const penalty = (index: number): number => {
    const distance = Math.abs(index - text.length / 2) / text.length;
    if (/[,;:.?!—]$/.test(text.slice(0, index))) return distance - PUNCTUATION_BONUS;
    if (/^ (and|or|but|because|so|that|which|who|when|if|than|to|with)\b/.test(text.slice(index))) {
      return distance - CONJUNCTION_BONUS;
    }
    return distance;
  };
  const candidates = allowed.length > 0 ? allowed : spaces;
  return candidates.reduce((best, index) => (penalty(index) < penalty(best) ? index : best));
}

/** Text without spaces, such as Chinese or an endless word, is broken where a line ends. */
function breakLongWords(text: string): string {
  return text.replace(new RegExp(`\\S{${MAX_LINE}}(?=\\S)`, 'gu'), '$& ');
}
