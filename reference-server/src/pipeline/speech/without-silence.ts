/** Cuts the silence around a spoken sentence, so that pauses are as long as the job wants them. */
import type { WavAudio } from '../wav.ts';

/** Below this a sample is silence: about -47 dB. */
const SILENCE = 150;
/** Soft beginnings and endings of words lie below the threshold; this much of them is kept. */
const MARGIN_SECONDS = 0.03;

/** The part of the audio that can be heard; nothing if all is silent. */
export function withoutSilence({ samples, sampleRate }: WavAudio): WavAudio {
  const isLoud = (sample: number): boolean => Math.abs(sample) > SILENCE;
  const margin = Math.round(MARGIN_SECONDS * sampleRate);
  const first = samples.findIndex(isLoud);
  const last = samples.findLastIndex(isLoud);
  if (first < 0) return { sampleRate, samples: new Int16Array(0) };
  return { sampleRate, samples: samples.slice(Math.max(0, first - margin), last + 1 + margin) };
}
