/** A facet is one angle on a topic: headings to choose from and sentences that fit below any of them. */

export interface Facet {
  /** Short ones; `{t}` stands for the topic. */
  readonly headings: readonly string[];
  /** First sentences to choose from, the shortest one short enough for a scene of three seconds. */
  readonly leads: readonly string[];
  /** What may follow, in any selection that keeps their conditions, in this order. */
  readonly thoughts: readonly Thought[];
}

/** Sentences that are said together or not at all. */
export interface Thought {
  readonly sentences: readonly string[];
  /** It refers to the thought before it and is not said without it. */
  readonly isSequel: boolean;
}

/**
 * Reads facets from text made to be written by people. A line `# A | B` begins a facet with two headings, `> …` is a
 * lead, any other line a sentence: `& …` is said together with the sentence before it, neither without the other, and
 * `+ …` only if the line before it was said. In sentences `{t}` is the topic, always as an object so that its
 * grammatical number does not matter; `{audience}` and `{goal}` make a sentence optional; `[a|b]` are two ways to say it.
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
        thoughts: parseThoughts(lines.filter((line) => !line.startsWith('> '))),
      };
    });
}

function parseThoughts(lines: readonly string[]): Thought[] {
  const thoughts: (Thought & { sentences: string[] })[] = [];
  for (const line of lines) {
    const [, mark, sentence = ''] = /^([&+] )?(.*)$/.exec(line)!;
    const last = thoughts.at(-1);
    if (mark === '& ' && last) last.sentences.push(sentence);
    else thoughts.push({ sentences: [sentence], isSequel: mark === '+ ' });
  }
  return thoughts;
}
