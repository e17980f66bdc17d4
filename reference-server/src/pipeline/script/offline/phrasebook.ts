/** Says the sentences of facets in the words of one brief, and says nothing twice in the same words. */
import type { SeededRandom } from '../../seeded-random.ts';
import type { Facet } from './facet.ts';

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
  secondsOfFacet({ leads, sentences }: Facet): number {
    return [...leads.slice(0, 1), ...sentences].reduce((total, template) => total + this.#cost(template), 0);
  }

  /** Time that sentences take which were said. */
  secondsOf(said: readonly string[]): number {
    return said.reduce((total, sentence) => total + this.#options.secondsOf(sentence), 0);
  }

  /**
   * Says a lead and as many sentences as fit into `seconds`, at least the shortest lead.
   *
   * @param skipping leave out what does not fit and go on; else stop there, so that a train of thought is not broken.
   */
  take({ leads, sentences }: Facet, seconds: number, skipping: boolean): string[] {
    const lead = this.#chooseLead(leads, seconds);
    let left = seconds - this.#cost(lead);
    const chosen = [lead];
    for (const template of sentences) {
      if (this.#wording(template) === undefined) continue;
      if (this.#cost(template) <= left) {
        chosen.push(template);
        left -= this.#cost(template);
      } else if (!skipping) break;
    }
    return chosen.map((template) => this.#say(template));
  }

  /** Any that fits; in a tiny scene, which has room for little else, the longest that fits and asks nothing. */
  #chooseLead(leads: readonly string[], seconds: number): string {
    const byCost = leads.toSorted((a, b) => this.#cost(a) - this.#cost(b));
    const fitting = byCost.filter((lead) => this.#cost(lead) <= seconds);
    if (fitting.length === 0) return byCost[0]!;
    if (seconds >= TINY_SCENE_SECONDS) return this.#options.random.pick(fitting);
    return fitting.findLast((lead) => !lead.endsWith('?')) ?? fitting.at(-1)!;
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
