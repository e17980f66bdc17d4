/** Reads objects whose keys come as camelCase, PascalCase or snake_case (protocol sheet, section 3.2, AC-38). */

/** An object whose keys are known, but not its values. */
export type Fields = Record<string, unknown>;

/**
 * The value with every key in camelCase, at every depth. An object that is so already is returned as it is: looking at
 * the keys is all that the common case costs.
 */
export function foldKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !needsFolding(value)) return value;
  if (Array.isArray(value)) return value.map(foldKeys);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [foldKey(key), foldKeys(inner)]));
}

function needsFolding(value: object): boolean {
  for (const key in value) {
    const inner = (value as Fields)[key];
    if (isFolded(key) && (inner === null || typeof inner !== 'object' || !needsFolding(inner))) continue;
    return true;
  }
  return false;
}

/** Capital letters and the underscore sort before all small ones; digits are the places of an array. */
function isFolded(key: string): boolean {
  return (key >= 'a' && !key.includes('_')) || key < 'A';
}

function foldKey(key: string): string {
  if (isFolded(key)) return key;
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
