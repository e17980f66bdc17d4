/** Takes a text out of the buffer that it was cut from. */

/**
 * The same text in memory of its own. Engines let a cut text point into the whole it comes from, so a few kept events
 * would keep every network chunk they came in.
 */
export function copyText(text: string): string {
  return structuredClone(text);
}
