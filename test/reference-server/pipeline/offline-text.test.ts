/** The offline writer's material: what belongs together is said together, at any length. */
import { describe, expect, test } from 'vitest';
import { type Facet, parseFacets } from '../../../reference-server/src/pipeline/script/offline/facet.ts';
import { DOING_TEXT } from '../../../reference-server/src/pipeline/script/offline/doing-text.ts';
import { EXPERIENCING_TEXT } from '../../../reference-server/src/pipeline/script/offline/experiencing-text.ts';
import { JUDGING_TEXT } from '../../../reference-server/src/pipeline/script/offline/judging-text.ts';
import { KIND_TEXTS } from '../../../reference-server/src/pipeline/script/offline/kinds-text.ts';
import { Phrasebook } from '../../../reference-server/src/pipeline/script/offline/phrasebook.ts';
import { UNDERSTANDING_TEXT } from '../../../reference-server/src/pipeline/script/offline/understanding-text.ts';
import { createSeededRandom } from '../../../reference-server/src/pipeline/seeded-random.ts';

const TEXT = `
# Heading
> Is it?
> It is.
One.
+ Because of one, and this takes long.
+ Because of that.
Two.
& Three.
`;

/** A second for each word. */
function take(facet: Facet, seconds: number, skipping: boolean): string[] {
  const phrasebook = new Phrasebook({
    random: createSeededRandom('seed'),
    words: { t: 'tides', audience: null, goal: null },
    secondsOf: (sentence) => sentence.split(' ').filter(Boolean).length,
  });
  return phrasebook.take(facet, seconds, skipping);
}

describe('a scene', () => {
  const [facet] = parseFacets(TEXT) as [Facet];

  test('leaves out what refers to something left out', () => {
    expect(take(facet, 5, true)).toEqual(['It is.', 'One.', 'Two.', 'Three.']);
  });

  test('says all if there is time', () => {
    expect(take(facet, 20, true).slice(1)).toEqual([
      'One.',
      'Because of one, and this takes long.',
      'Because of that.',
      'Two.',
      'Three.',
    ]);
  });

  test('says sentences that belong together together or not at all', () => {
    expect(take(facet, 4, true)).toEqual(['It is.', 'One.']);
  });

  test('asks no question without the answer', () => {
    expect(take(facet, 2, true)).toEqual(['It is.']);
  });
});

const FACETS = parseFacets(
  [UNDERSTANDING_TEXT, DOING_TEXT, EXPERIENCING_TEXT, JUDGING_TEXT, ...Object.values(KIND_TEXTS)].join('\n'),
);

test('every angle can be opened without a question', () => {
  expect(FACETS.filter(({ leads }) => leads.every((lead) => lead.endsWith('?')))).toEqual([]);
});

test('no scene of usual length ends with a question or with its lead', () => {
  for (const facet of FACETS) {
    for (let seconds = 28; seconds < 120; seconds++) {
      const said = take(facet, seconds, false);

      expect(said.length, said.join(' ')).toBeGreaterThan(1);
      expect(said.at(-1), said.join(' ')).not.toMatch(/\?$/);
    }
  }
});

test('no angle claims what a script may not have done', () => {
  const claims = /\bwe (have )?(covered|started|looked|checked|saw|learned|talked)\b|^you have seen/im;

  expect(FACETS.flatMap(({ thoughts }) => thoughts.flatMap(({ sentences }) => sentences)).join('\n')).not.toMatch(
    claims,
  );
});
