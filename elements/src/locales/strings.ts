/** Chooses the texts for a language: English, under what the page has added. */
import { en } from './en.ts';
import type { Strings } from './en.ts';

/** What a page may say in a language: everything or a part; what is left out stays English. */
export type Translation = {
  [Key in keyof Strings]?: Strings[Key] extends Record<string, string> ? Partial<Strings[Key]> : Strings[Key];
};

/** The page's languages. Scripts of their own bring them, so that they live where every copy of this module finds them. */
interface Registry {
  readonly tables: Map<string, Translation>;
  readonly listeners: Set<() => void>;
}

const REGISTRY = Symbol.for('aura-jobs.strings');

/**
 * Adds a language, or overrides texts of one. Elements that are on the page change at once.
 *
 * @example
 * import { de } from '@aura-jobs/elements/locales/de';
 * setStrings('de', de);
 * setStrings('en', { cancel: 'Stop' });
 *
 * @param language a language tag such as `de` or `pt-BR`
 * @param strings whatever is left out stays as it is, in the end English
 */
export function setStrings(language: string, strings: Translation): void {
  const { tables, listeners } = registry();
  const key = language.toLowerCase();
  tables.set(key, layered<Translation>({ lang: language, ...tables.get(key) }, strings));
  for (const listener of listeners) listener();
}

/** Calls `changed` whenever texts were added. @returns a function that ends it */
export function watchStrings(changed: () => void): () => void {
  const { listeners } = registry();
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** The texts for a language tag such as `de-AT`: those of a relative in the same script, of `de`, of `de-AT`, each over the last. */
export function stringsFor(language: string): Strings {
  const { tables } = registry();
  const tag = language.toLowerCase();
  const wanted = writingOf(tag);
  const relative = [...tables.keys()].find((other) => wanted !== undefined && writingOf(other) === wanted);
  let strings = en;
  for (const layer of new Set(['en', relative, tag.split('-')[0], tag])) {
    const table = tables.get(layer ?? '');
    if (table) strings = layered(strings, table);
  }
  return strings;
}

/** Language and script, such as `zh-Hans` for `zh-CN`; `undefined` for what is no language tag. */
function writingOf(tag: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return undefined;
  }
}

/** The tables inside a table, such as the names of the steps, are laid over each other as well. */
function layered<T extends Translation>(base: T, more: Translation): T {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    result[key] = typeof value === 'object' ? { ...(result[key] as object), ...value } : value;
  }
  return result as T;
}

function registry(): Registry {
  const page = globalThis as { [REGISTRY]?: Registry };
  return (page[REGISTRY] ??= { tables: new Map(), listeners: new Set() });
}
