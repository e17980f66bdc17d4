/** Chooses the texts for an element's language. */
import { en } from './en.ts';
import type { Strings } from './en.ts';

const TABLES = new Map<string, Strings>([['en', en]]);

/** The texts for a language tag such as `en-GB`; English where there are none. */
export function stringsFor(language: string): Strings {
  return TABLES.get(language.split('-')[0]!.toLowerCase()) ?? en;
}
