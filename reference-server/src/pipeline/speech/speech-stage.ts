/** Second stage: speaks the script sentence by sentence, so that the place of every sentence is known and not guessed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobSpec } from '../job-spec.ts';
import { pauseSeconds } from '../scene-timing.ts';
import type { ScriptOutput } from '../script/script.ts';
import type { PipelineStage } from '../stage.ts';
import { StageError } from '../stage-error.ts';
import { pcmBytes, wavHeader, type WavAudio } from '../wav.ts';
import type { SpeechProvider } from './speech-provider.ts';
import type { SpeechOutput, SpokenScene, SpokenSentence } from './speech.ts';

export interface SpeechInput {
  readonly spec: JobSpec;
  readonly Script: ScriptOutput;
}

export function createSpeechStage(provider: SpeechProvider): PipelineStage<SpeechInput, SpeechOutput> {
  return {
    name: 'TTS',
    async run({ spec, Script: { script } }, { signal, folder, report, warn }) {
      const session = await provider.open(spec, { folder, signal, warn });
      const sentenceCount = script.scenes.reduce((sum, { sentences }) => sum + sentences.length, 0);
      const scenes: SpokenScene[] = [];
      let sampleRate = 0;
      let spokenCount = 0;
      try {
        for (const [index, { sentences }] of script.scenes.entries()) {
          const spoken: WavAudio[] = [];
          for (const sentence of sentences) {
            await report({
              item: index + 1,
              of: script.scenes.length,
              message: `Speaking scene ${index + 1}`,
              detail: `Sentence ${spoken.length + 1} of ${sentences.length}`,
              done: spokenCount / sentenceCount,
            });
            spoken.push(await session.say(sentence));
            spokenCount++;
          }
          sampleRate = spoken[0]!.sampleRate;
          const name = `scene-${String(index + 1).padStart(2, '0')}.wav`;
          const { audio, places } = joinSentences(sentences, spoken, pauseSeconds(spec.voice.pause));
          await writeFile(join(folder, name), [wavHeader(sampleRate, audio.length), pcmBytes(audio)], { signal });
          scenes.push({ file: `TTS/${name}`, durationSeconds: audio.length / sampleRate, sentences: places });
        }
      } finally {
        await session.close();
      }
      return { sampleRate, scenes, artifacts: [], files: scenes.map((scene) => scene.file) };
    },
  };
}

/** One audio for a scene, with pauses between its sentences. */
function joinSentences(
  texts: readonly string[],
  spoken: readonly WavAudio[],
  pause: number,
): { audio: Int16Array; places: SpokenSentence[] } {
  const { sampleRate } = spoken[0]!;
  const pauseSamples = Math.round(pause * sampleRate);
  const total = spoken.reduce((sum, { samples }) => sum + samples.length + pauseSamples, -pauseSamples);
  const audio = new Int16Array(total);
  let at = 0;
  const places = spoken.map(({ samples, ...format }, index) => {
    if (samples.length === 0 || format.sampleRate !== sampleRate) throw unusable(texts[index]!);
    audio.set(samples, at);
    const place = {
      text: texts[index]!,
      startSeconds: at / sampleRate,
      durationSeconds: samples.length / sampleRate,
    };
    at += samples.length + pauseSamples;
    return place;
  });
  return { audio, places };
}

function unusable(sentence: string): StageError {
  return new StageError({
    code: 'AudioInvalid',
    message: 'The voice gave no usable sound for a sentence.',
    remediation: 'Retry the job, or pick another voice.',
    transient: true,
    details: sentence,
  });
}
