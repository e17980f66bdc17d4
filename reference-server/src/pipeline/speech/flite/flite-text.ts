/** Prepares text for Flite, which knows English, ASCII and nothing else. */

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/[‘’ʼ]/g, "'"],
  [/[“”„«»]/g, '"'],
  [/\s*[—–]\s*/g, ', '],
  [/…/g, '.'],
  [/&/g, ' and '],
  [/€/g, ' euro '],
  [/£/g, ' pounds '],
  [/°/g, ' degrees '],
  [/ß/g, 'ss'],
  [/[æÆ]/g, 'ae'],
  [/[œŒ]/g, 'oe'],
  [/[øØ]/g, 'o'],
  [/[łŁ]/g, 'l'],
  [/[đĐðÐ]/g, 'd'],
  [/[þÞ]/g, 'th'],
];

/** Time a person needs to read one character of a script that has a sign for a syllable or a word. */
const SECONDS_PER_SIGN = 0.2;
const SECONDS_PER_LETTER = 0.07;
const MIN_READING_SECONDS = 1;

/** The same text in plain ASCII: accents are dropped, symbols without a spoken form as well. */
export function toFliteText(text: string): string {
  return REPLACEMENTS.reduce((plain, [pattern, replacement]) => plain.replace(pattern, replacement), text)
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** False if part of the text would be left out: another script, or nothing that has a sound. */
export function canSpeak(text: string): boolean {
  return /[a-z0-9]/i.test(toFliteText(text)) && !/(?!\p{Script=Latin})\p{L}/u.test(text);
}

/** How long a person needs to read a text that cannot be spoken. */
export function readingSeconds(text: string): number {
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const letters = (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) - signs;
  return Math.max(MIN_READING_SECONDS, signs * SECONDS_PER_SIGN + letters * SECONDS_PER_LETTER);
}
