/** Writes scripts without any model: angles on the topic, chosen and fitted to the time, always the same for one brief. */
import type { JobSpec } from '../../job-spec.ts';
import { pauseSeconds, SCENE_LEAD_IN_SECONDS, SCENE_LEAD_OUT_SECONDS } from '../../scene-timing.ts';
import { createSeededRandom, type SeededRandom } from '../../seeded-random.ts';
import type { ScriptProvider, ScriptRequest } from '../script-provider.ts';
import type { Script } from '../script.ts';
import { chooseFacets } from './facet-choice.ts';
import type { Facet } from './facet.ts';
import { Phrasebook } from './phrasebook.ts';
import { toneWords } from './tone.ts';
import { oneLine, topicPhrase } from './topic-phrase.ts';

/** An opening or a closing that goes on for longer is none. */
const MAX_FRAME_SECONDS = 25;
/** Aim a little low: the composer can stretch pauses, but it never cuts words. */
const AIM = 0.97;
/** With less time than this left at the end of the middle, another train of thought is not worth starting. */
const MIN_EXTRA_SECONDS = 8;
const MAX_HEADING = 40;

/** The keyless default. It writes English, whatever the language of the brief. */
export function createOfflineWriter(): ScriptProvider {
  return { name: 'Offline writer', write: writeScript };
}

async function writeScript({ spec, sceneCount, secondsOf, ...request }: ScriptRequest): Promise<Script> {
  warnOfLanguage(spec.brief.language, request.warn);
  const random = createSeededRandom(JSON.stringify([spec.brief, spec.plan]));
  const { title, subject, isNeutral } = topicPhrase(spec.brief.topic);
  if (isNeutral) request.warn(`The topic cannot be drawn or spoken here, so the video calls it “${subject}”.`);
  const pause = pauseSeconds(spec.voice.pause);
  const phrasebook = new Phrasebook({
    random,
    secondsOf: (sentence) => secondsOf(sentence) + pause,
    words: wordsOfBrief(spec, subject),
  });
  const { main, spare } = chooseFacets(spec, sceneCount, random);
  const budgets = sceneBudgets(spec, sceneCount);
  const headings = chooseHeadings(main, subject, random);
  const scenes = [];
  let left = 0;
  for (const [index, facet] of main.entries()) {
    request.signal.throwIfAborted();
    await request.onScene(index + 1);
    // What one scene leaves, or takes too much, the next one gets: errors do not add up.
    left += budgets[index]!;
    const place = placeOf(index, sceneCount);
    const greeting = place === 'first' ? greetingFor(spec.brief.tone, phrasebook, left) : [];
    const rest = left - phrasebook.secondsOf(greeting);
    const sentences = [...greeting, ...sceneText(facet, place, { phrasebook, spare, seconds: rest })];
    left -= phrasebook.secondsOf(sentences);
    scenes.push({ heading: headings[index]!, sentences });
  }
  return { title, scenes };
}

function warnOfLanguage(language: string, warn: (message: string) => void): void {
  if (/^(en\b|english|$)/i.test(language.trim())) return;
  warn(`The offline writer knows English only, so the script is not in the wanted language (${language}).`);
}

/** Openings and closings are frames of their own; the last scene of the middle has to make the time fit. */
type Place = 'first' | 'middle' | 'last of middle' | 'last';

function placeOf(index: number, count: number): Place {
  if (index === 0) return 'first';
  if (index === count - 1) return 'last';
  return index === count - 2 ? 'last of middle' : 'middle';
}

interface SceneMaterial {
  readonly phrasebook: Phrasebook;
  /** What is used goes to the end of the queue. */
  readonly spare: Facet[];
  readonly seconds: number;
}

/** As much of the facet as fits; a long scene goes on with whole spare facets as long as more than half of one fits. */
function sceneText(facet: Facet, place: Place, { phrasebook, spare, seconds }: SceneMaterial): string[] {
  const isFrame = place === 'first' || place === 'last';
  const sentences = phrasebook.take(facet, seconds, isFrame);
  while (!isFrame) {
    const left = seconds - phrasebook.secondsOf(sentences);
    const isLast = place === 'last of middle';
    if (left < (isLast ? MIN_EXTRA_SECONDS : phrasebook.secondsOfFacet(spare[0]!) / 2)) break;
    const extra = spare.shift()!;
    spare.push(extra);
    sentences.push(...phrasebook.take(extra, isLast ? left : Infinity, false));
  }
  return sentences;
}

/** A greeting in the wanted tone, if there is one and it does not take the time of what there is to say. */
function greetingFor(tone: string, phrasebook: Phrasebook, seconds: number): string[] {
  const greeting = toneWords(tone)?.greeting;
  return greeting !== undefined && phrasebook.secondsOf([greeting]) < seconds / 3 ? [greeting] : [];
}

/** Speaking time of each scene with the pauses after its sentences: short ends, equal middle. */
function sceneBudgets({ plan, voice }: JobSpec, count: number): number[] {
  const silence = SCENE_LEAD_IN_SECONDS + SCENE_LEAD_OUT_SECONDS - pauseSeconds(voice.pause);
  const speaking = plan.targetSeconds * AIM - count * silence;
  const frame = count > 2 ? Math.min(speaking / count, MAX_FRAME_SECONDS) : speaking / count;
  const middle = (speaking - 2 * frame) / Math.max(1, count - 2);
  return Array.from({ length: count }, (_, index) => (index === 0 || index === count - 1 ? frame : middle));
}

function wordsOfBrief({ brief }: JobSpec, subject: string): Record<string, string | null> {
  return {
    t: subject,
    audience: phrase(brief.audience),
    goal: phrase(brief.goal),
    farewell: toneWords(brief.tone)?.farewell ?? null,
  };
}

/** Free text without the full stop that would end the sentence around it. */
function phrase(text: string | null): string | null {
  return text === null ? null : oneLine(text).replace(/[\s.!?;:,]+$/, '') || null;
}

/** One per scene, no two alike. */
function chooseHeadings(facets: readonly Facet[], subject: string, random: SeededRandom): string[] {
  const used = new Set<string>();
  return facets.map(({ headings }) => {
    const filled = headings.map((heading) => heading.replace('{t}', () => subject));
    const short = filled.filter((heading) => heading.length <= MAX_HEADING);
    const fresh = short.filter((heading) => !used.has(heading));
    const base = random.pick(fresh.length > 0 ? fresh : short);
    let heading = base;
    for (let part = 2; used.has(heading); part++) heading = `${base}, part ${part}`;
    used.add(heading);
    return heading;
  });
}
