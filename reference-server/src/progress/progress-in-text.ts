/** Reads how far work is out of what a provider says of it (guide: "progress parsing with percentage extraction"). */

export interface ToldProgress {
  /** Share that is done, 0–1. */
  readonly done: number;
  /** Where things are counted: which one, from 1 on, of how many. */
  readonly item?: number;
  readonly of?: number;
}

/** Providers may say anything, also a lot. */
const LONGEST_TEXT = 1000;
const PERCENT = /(?<![\d.,/-])(\d{1,3}(?:[.,]\d{1,6})?) ?(?:%|percent\b)/i;
/** Neither a date nor a version, nor half of a number. */
const COUNT = /(?<![\d.,/:-])(\d{1,9}) ?(?:\/|of|out of) ?(\d{1,9})(?![\d/%]|[:.,]\d)/i;

/**
 * A percentage comes before a count: "file 2 of 9, 45%" is 45 %.
 *
 * @returns `undefined` where the text says nothing of it, or nothing sensible: more than 100 %, more than there are
 * @example
 * progressInText('rendering 45%'); // { done: 0.45 }
 * progressInText('frame 120/300'); // { done: 0.4, item: 120, of: 300 }
 * progressInText('3 of 5'); // { done: 0.6, item: 3, of: 5 }
 */
export function progressInText(text: string): ToldProgress | undefined {
  const line = text.slice(0, LONGEST_TEXT);
  const percent = Number(PERCENT.exec(line)?.[1]?.replace(',', '.') ?? Number.NaN);
  const [count, of] = COUNT.exec(line)?.slice(1).map(Number) ?? [];
  const counted = count !== undefined && of !== undefined && of > 0 && count <= of ? { count, of } : undefined;
  const items = counted && { item: Math.max(1, counted.count), of: counted.of };
  if (percent <= 100) return { done: percent / 100, ...items };
  return counted && { done: counted.count / counted.of, ...items };
}
