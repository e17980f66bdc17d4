/** Says the sentences of facets in the words of one brief, and says nothing twice in the same words. */
import type { SeededRandom } from '../../seeded-random.ts';
import type { Facet, Thought } from './facet.ts';

/** Put before a sentence that has to be said again. */
const RECAPS = [
  'Remember: ',
  'Once more: ',
  'As mentioned: ',
  'Again: ',
  'Keep in mind: ',
  'Worth repeating: ',
  'Do not forget: ',
  'One more time: ',
];

/** Too short for a question and its answer. */
const TINY_SCENE_SECONDS = 8;

/** A scene may last longer by this share of it, rather than consist of a lead; the next one makes up for it. */
const EXCESS_SHARE = 0.2;

export interface PhrasebookOptions {
  readonly random: SeededRandom;
  /** What to put for `{name}`; a sentence with a name that has no word is left out. */
  readonly words: Readonly<Record<string, string | null>>;
  /** Time that a sentence takes, with the pause after it. */
  readonly secondsOf: (sentence: string) => number;
}

export class Phrasebook {
  readonly #options: PhrasebookOptions;
  readonly #said = new Set<string>();

  constructor(options: PhrasebookOptions) {
    this.#options = options;
  }

  /** Time that all of the facet takes. */
  secondsOfFacet({ leads, thoughts }: Facet): number {
    const sentences = thoughts.flatMap((thought) => thought.sentences);
    return this.#costOfAll([...leads.slice(0, 1), ...sentences]);
  }

  /** Time that sentences take which were said. */
  secondsOf(said: readonly string[]): number {
    return said.reduce((total, sentence) => total + this.#options.secondsOf(sentence), 0);
  }

  /**
   * Says a lead and as many thoughts as fit into `seconds`, at least the shortest lead.
   *
   * @param skipping leave out what does not fit and go on; else stop there, so that a train of thought is not broken.
   */
  take({ leads, thoughts }: Facet, seconds: number, skipping: boolean): string[] {
    const possible = thoughts.filter(({ sentences }) => sentences.every((each) => this.#wording(each) !== undefined));
    const excess = skipping ? 0 : seconds * EXCESS_SHARE;
    const lead = this.#chooseLead(leads, seconds + excess - this.#costOfAll(possible[0]?.sentences ?? []), seconds);
    let left = seconds - this.#cost(lead);
    const chosen = [lead];
    let before: Thought | undefined;
    for (const thought of possible) {
      const isCutOff = thought.isSequel && before !== thoughts[thoughts.indexOf(thought) - 1];
      if (isCutOff) continue;
      const cost = this.#costOfAll(thought.sentences);
      if (cost <= left + (chosen.length === 1 ? excess : 0)) {
        chosen.push(...thought.sentences);
        left -= cost;
        before = thought;
      } else if (!skipping) break;
    }
    return chosen.map((template) => this.#say(template));
  }

  /**
   * Any that leaves room for the first thought: a question wants its answer. Where none does, as in a tiny scene, the
   * longest that fits and asks nothing.
   */
  #chooseLead(leads: readonly string[], room: number, seconds: number): string {
    const byCost = leads.toSorted((a, b) => this.#cost(a) - this.#cost(b));
    const introducing = byCost.filter((lead) => this.#cost(lead) <= room);
    if (seconds >= TINY_SCENE_SECONDS && introducing.length > 0) return this.#options.random.pick(introducing);
    const fitting = byCost.filter((lead) => this.#cost(lead) <= seconds);
    return fitting.findLast((lead) => !lead.endsWith('?')) ?? fitting.at(-1) ?? byCost[0]!;
  }

  #costOfAll(templates: readonly string[]): number {
    return templates.reduce((total, template) => total + this.#cost(template), 0);
  }

  #cost(template: string): number {
    return this.#options.secondsOf(this.#wording(template) ?? '');
  }

  #say(template: string): string {
    const wording = this.#wording(template)!;
    this.#said.add(wording);
    return wording;
  }

  /** The template in words not said yet, if there are any left; `undefined` if a word is missing. */
  #wording(template: string): string | undefined {
    const { words } = this.#options;
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    if (names.some((name) => !words[name])) return undefined;
    const ways = [0, 1].map((way) =>
      template
        .replace(/\[(.*?)\|(.*?)\]/g, (_, ...choices: string[]) => choices[way]!)
        .replace(/\{(\w+)\}/g, (_, name: string) => words[name]!),
    );
    const start = this.#said.size % RECAPS.length;
    const recaps = [...RECAPS.slice(start), ...RECAPS.slice(0, start)].map((recap) => recap + ways[0]!);
    return [...ways, ...recaps].find((wording) => !this.#said.has(wording)) ?? ways[0];
  }
}
