/** What the speech stage hands on: one audio file per scene and the measured place of every sentence in it. */
import type { StageOutput } from '../stage-output.ts';

export interface SpokenSentence {
  readonly text: string;
  /** From the beginning of the scene's audio. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

export interface SpokenScene {
  /** WAV file relative to the workspace; it begins with the first word and ends with the last. */
  readonly file: string;
  readonly durationSeconds: number;
  readonly sentences: readonly SpokenSentence[];
}

export interface SpeechOutput extends StageOutput {
  readonly sampleRate: number;
  readonly scenes: readonly SpokenScene[];
}
