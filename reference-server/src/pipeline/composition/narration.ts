/** Writes the sound of the whole video, scene by scene, so that half an hour needs no more memory than one scene. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenScene } from '../speech/speech.ts';
import { parseWav, pcmBytes, wavHeader } from '../wav.ts';
import type { Timeline, TimelineScene } from './timeline.ts';

export interface NarrationOptions {
  readonly workspace: string;
  readonly sampleRate: number;
  /** Called, and awaited, before scene 1, 2, 3 … is written. */
  readonly onScene: (scene: number) => Promise<void>;
}

/** Makes a WAV file that is exactly as long as the timeline, with every sentence where the timeline has it. */
export async function writeNarration(
  file: string,
  timeline: Timeline,
  spoken: readonly SpokenScene[],
  { workspace, sampleRate, onScene }: NarrationOptions,
): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(wavHeader(sampleRate, Math.round(timeline.durationSeconds * sampleRate)));
    for (const [index, scene] of timeline.scenes.entries()) {
      await onScene(index + 1);
      const { samples } = parseWav(await readFile(join(workspace, spoken[index]!.file)));
      await handle.writeFile(pcmBytes(placeSentences(scene, spoken[index]!, samples, sampleRate)));
    }
  } finally {
    await handle.close();
  }
}

/** The scene's sentences, moved from their places in the speech to those in the timeline; silence elsewhere. */
function placeSentences(scene: TimelineScene, spoken: SpokenScene, speech: Int16Array, sampleRate: number): Int16Array {
  const toSamples = (seconds: number): number => Math.round(seconds * sampleRate);
  const sceneStart = toSamples(scene.startSeconds);
  const sound = new Int16Array(toSamples(scene.startSeconds + scene.durationSeconds) - sceneStart);
  for (const [index, { startSeconds, durationSeconds }] of spoken.sentences.entries()) {
    const from = toSamples(startSeconds);
    const sentence = speech.subarray(from, from + toSamples(durationSeconds));
    sound.set(sentence, toSamples(scene.sentences[index]!.startSeconds) - sceneStart);
  }
  return sound;
}
