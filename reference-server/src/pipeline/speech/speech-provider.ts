/** Who speaks: the built-in synthesizer, or a voice service behind the same interface. */
import type { JobSpec } from '../job-spec.ts';
import type { WavAudio } from '../wav.ts';

export interface SpeechProvider {
  /** Shown to people, for example `Flite`. */
  readonly name: string;
  /** Expected duration of a sentence as this provider would speak it; 0 for no text. */
  estimateSeconds(sentence: string, spec: JobSpec): number;
  /**
   * Makes ready to speak with the job's voice.
   *
   * @throws {StageError} `InvalidVoice` if it does not exist.
   */
  open(spec: JobSpec, options: SpeechSessionOptions): Promise<SpeechSession>;
}

export interface SpeechSessionOptions {
  /** For temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

/** One voice, ready to speak sentence after sentence; all at the same sample rate. */
export interface SpeechSession {
  /** The sentence without silence around it. Rejects with the signal's reason when aborted. */
  say(sentence: string): Promise<WavAudio>;
  /** Frees everything; resolves when nothing of it runs any more. */
  close(): Promise<void>;
}
