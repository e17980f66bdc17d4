/** When everything happens: built from measured speech, never from guesses. */
import type { JobSpec } from '../job-spec.ts';
import { SCENE_LEAD_IN_SECONDS, SCENE_LEAD_OUT_SECONDS } from '../scene-timing.ts';
import type { Script } from '../script/script.ts';
import type { SpeechOutput } from '../speech/speech.ts';

export interface TimelineSentence {
  readonly text: string;
  /** From the beginning of the video, like all times here. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

export interface TimelineScene {
  readonly heading: string;
  /** Image file relative to the workspace. */
  readonly image: string;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly sentences: readonly TimelineSentence[];
}

export interface Timeline {
  readonly title: string;
  readonly durationSeconds: number;
  /** Without gaps: each scene starts where the one before ends. */
  readonly scenes: readonly TimelineScene[];
}

/** No silence is stretched by more than this: rather a shorter video than one that falls asleep. */
const MAX_STRETCH_SECONDS = 1;

/** Places all scenes; if the speech is shorter than the wanted length, the silences share the difference. */
export function buildTimeline(
  { plan }: JobSpec,
  { title, scenes }: Script,
  speech: SpeechOutput,
  images: readonly string[],
): Timeline {
  const stretch = silenceStretch(speech, plan.targetSeconds);
  // In whole samples, so that every time is exact in the narration.
  const exact = (seconds: number): number => Math.round(seconds * speech.sampleRate) / speech.sampleRate;
  let at = 0;
  const placed = speech.scenes.map((scene, index): TimelineScene => {
    const startSeconds = at;
    const firstWord = at + SCENE_LEAD_IN_SECONDS + stretch;
    const sentences = scene.sentences.map((sentence, place) => ({
      text: sentence.text,
      startSeconds: exact(firstWord + sentence.startSeconds + place * stretch),
      durationSeconds: sentence.durationSeconds,
    }));
    const lastWord = firstWord + scene.durationSeconds + (sentences.length - 1) * stretch;
    at = exact(lastWord + SCENE_LEAD_OUT_SECONDS + stretch);
    const { heading } = scenes[index]!;
    return { heading, image: images[index]!, startSeconds, durationSeconds: at - startSeconds, sentences };
  });
  return { title, durationSeconds: at, scenes: placed };
}

/** What each silence gets in addition: before, between and after the sentences of each scene. */
function silenceStretch({ scenes }: SpeechOutput, targetSeconds: number): number {
  const frame = SCENE_LEAD_IN_SECONDS + SCENE_LEAD_OUT_SECONDS;
  const natural = scenes.reduce((total, scene) => total + scene.durationSeconds + frame, 0);
  const silences = scenes.reduce((count, scene) => count + scene.sentences.length + 1, 0);
  return Math.min(MAX_STRETCH_SECONDS, Math.max(0, (targetSeconds - natural) / silences));
}
