/** Reads objects whose keys come as camelCase, PascalCase or snake_case (protocol sheet, section 3.2, AC-38). */

/** An object whose keys are known, but not its values. */
export type Fields = Record<string, unknown>;

/**
 * The value as an object with camelCase keys; an empty one when it is no object. One that is so already is returned as
 * it is: looking at the keys is all that the common case costs. Objects inside are folded by whoever reads them.
 */
export function fieldsOf(value: unknown): Fields {
  if (value === null || typeof value !== 'object') return {};
  for (const key in value) {
    if (isFolded(key)) continue;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [foldKey(name), inner]));
  }
  return value as Fields;
}

/** Capital letters and the underscore sort before all small ones. */
function isFolded(key: string): boolean {
  return key.charCodeAt(0) > 96 && !key.includes('_');
}

function foldKey(key: string): string {
  if (isFolded(key)) return key;
  const words = /[a-z]/.test(key) ? key : key.toLowerCase();
  return words.replace(/^_*[A-Z]|_+./g, (start, at: number) => {
    const letter = start.slice(-1);
    return at ? letter.toUpperCase() : letter.toLowerCase();
  });
}
