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
  const { signal, warn, onScene } = request;
  if (!/^(en|english|$)/i.test(spec.brief.language.trim())) {
    warn(
      `The offline writer knows English only, so the script is not in the wanted language (${spec.brief.language}).`,
    );
  }
  const random = createSeededRandom(JSON.stringify([spec.brief, spec.plan]));
  const { title, subject } = topicPhrase(spec.brief.topic);
  const greeting = toneWords(spec.brief.tone)?.greeting ?? null;
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
  let spareUsed = 0;
  for (const [index, facet] of main.entries()) {
    signal.throwIfAborted();
    await onScene(index + 1);
    // What one scene leaves, or takes too much, the next one gets: errors do not add up.
    left += budgets[index]!;
    const sentences: string[] = [];
    const say = (said: readonly string[]): void => {
      sentences.push(...said);
      left -= said.reduce((sum, sentence) => sum + secondsOf(sentence) + pause, 0);
    };
    if (index === 0 && greeting !== null && secondsOf(greeting) < left / 4) say([greeting]);
    const isFrame = index === 0 || index === sceneCount - 1;
    const isLast = index === sceneCount - 2;
    say(phrasebook.take(facet, left, isFrame));
    while (!isFrame) {
      const extra = spare(spareUsed);
      if (left < (isLast ? MIN_EXTRA_SECONDS : phrasebook.secondsOf(extra) / 2)) break;
      say(phrasebook.take(extra, isLast ? left : Infinity, false));
      spareUsed++;
    }
    scenes.push({ heading: headings[index]!, sentences });
  }
  return { title, scenes };
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
