/** A facet is one angle on a topic: headings to choose from and sentences that fit below any of them. */

export interface Facet {
  /** Short ones; `{t}` stands for the topic. */
  readonly headings: readonly string[];
  /** First sentences to choose from, the shortest one short enough for a scene of three seconds. */
  readonly leads: readonly string[];
  /** What may follow, in any selection, in this order. */
  readonly sentences: readonly string[];
}

/**
 * Reads facets from text made to be written by people. A line `# A | B` begins a facet with two headings, `> …` is a
 * lead, any other line a sentence. In sentences `{t}` is the topic, always as an object so that its grammatical number
 * does not matter; `{audience}` and `{goal}` make a sentence optional; `[a|b]` are two ways to say it.
 */
export function parseFacets(text: string): Facet[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((block) => {
      const [headings = '', ...lines] = block.split('\n').filter((line) => line.trim() !== '');
      return {
        headings: headings.split('|').map((heading) => heading.trim()),
        leads: lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2)),
        sentences: lines.filter((line) => !line.startsWith('> ')),
      };
    });
}
