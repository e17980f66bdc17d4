/** Reads objects whose keys come as camelCase, PascalCase or snake_case (protocol sheet, section 3.2, AC-38). */

/** An object whose keys are known, but not its values. */
export type Fields = Record<string, unknown>;

/**
 * The value with every key in camelCase, at every depth. An object that is so already is returned as it is: looking at
 * the keys is all that the common case costs.
 */
export function foldKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldKeys);
  if (value === null || typeof value !== 'object') return value;
  const folded: Fields = {};
  let changed = false;
  for (const [key, inner] of Object.entries(value)) {
    const name = foldKey(key);
    folded[name] = typeof inner === 'object' ? foldKeys(inner) : inner;
    changed ||= name !== key || folded[name] !== inner;
  }
  return changed ? folded : value;
}

/** Capital letters and the underscore sort before all small ones. */
function foldKey(key: string): string {
  if (key >= 'a' && !key.includes('_')) return key;
  const words = /[a-z]/.test(key) ? key : key.toLowerCase();
  return words.replace(/^_*[A-Z]|_+./g, (start, at: number) =>
    at ? start.slice(-1).toUpperCase() : start.slice(-1).toLowerCase(),
  );
}

/** The value as an object with camelCase keys; an empty one when it is no object. */
export function fieldsOf(value: unknown): Fields {
  const folded = foldKeys(value);
  return folded !== null && typeof folded === 'object' ? (folded as Fields) : {};
}
