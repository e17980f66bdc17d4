/** Finds the canonical name for the words that other backends use (protocol sheet, section 3.3). */

/**
 * A reader of names. Words are compared without case and punctuation; the canonical names, which most events carry,
 * need no folding.
 *
 * @param words by canonical name, the other words that mean it
 */
export function byWord<Name extends string>(words: Record<Name, string>): (raw: unknown) => Name | undefined {
  const names = new Map<string, Name>();
  for (const name in words) {
    for (const word of [name, name.toLowerCase(), ...words[name].split(' ')]) names.set(word, name);
  }
  return (raw) =>
    typeof raw === 'string' ? (names.get(raw) ?? names.get(raw.toLowerCase().replace(/[^a-z]/g, ''))) : undefined;
}
