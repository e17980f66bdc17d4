/** Decides which facets a script is made of and in which order. */
import type { JobSpec } from '../../job-spec.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { DOING_TEXT } from './doing-text.ts';
import { EXPERIENCING_TEXT } from './experiencing-text.ts';
import { type Facet, parseFacets } from './facet.ts';
import { JUDGING_TEXT } from './judging-text.ts';
import { KIND_TEXTS, NUTSHELL_TEXT } from './kinds-text.ts';
import { scriptKind } from './script-kind.ts';
import { UNDERSTANDING_TEXT } from './understanding-text.ts';

/** Scenes shorter than this have no room for an angle that needs a second sentence. */
const TINY_SCENE_SECONDS = 8;

export interface FacetChoice {
  /** One per scene: the opening, the middle, the closing. */
  readonly main: readonly Facet[];
  /** A queue for scenes that need more text: facets without a scene of their own first, then the others. */
  readonly spare: Facet[];
}

/** The middle has the angles of the video's kind first, then general ones: understand, do, experience, judge. */
export function chooseFacets(spec: JobSpec, sceneCount: number, random: SeededRandom): FacetChoice {
  const kind = parseFacets(KIND_TEXTS[scriptKind(spec)]);
  const general = parseFacets(UNDERSTANDING_TEXT + DOING_TEXT + EXPERIENCING_TEXT + JUDGING_TEXT);
  const places = sceneCount - 2;
  const isTiny = places === 1 && spec.plan.targetSeconds < sceneCount * TINY_SCENE_SECONDS;
  const own = (isTiny ? parseFacets(NUTSHELL_TEXT) : kind.slice(1, -1)).slice(0, places);
  const shuffled = random.shuffle(general);
  const picked = new Set(shuffled.slice(0, places - own.length));
  const middle = [...own, ...general.filter((facet) => picked.has(facet))];
  const fill = Array.from({ length: places - middle.length }, (_, index) => general[index % general.length]!);
  return {
    main: [kind[0]!, ...middle, ...fill, kind.at(-1)!],
    spare: [...shuffled.filter((facet) => !picked.has(facet)), ...picked],
  };
}
