/** Flite's voices and how fast each one speaks. */
import type { JobSpec } from '../../job-spec.ts';
import { StageError } from '../../stage-error.ts';
import { canSpeak, readingSeconds, toFliteText } from './flite-text.ts';

/** Duration of a sentence: a part for itself, one for each letter, one for each pause inside. Fitted to 400 sentences. */
interface VoiceSpeed {
  readonly sentence: number;
  readonly letter: number;
  readonly break: number;
}

export interface FliteVoice {
  readonly name: string;
  /** The sample rate of what it speaks. */
  readonly sampleRate: number;
  /** False if the voice cannot be made higher or lower. */
  readonly hasPitch: boolean;
  readonly speed: VoiceSpeed;
}

// The sixth voice in the package, awb_time, can only tell the time.
const VOICES: readonly FliteVoice[] = [
  { name: 'slt', sampleRate: 16000, hasPitch: true, speed: { sentence: 0.256, letter: 0.059, break: 0.315 } },
  { name: 'rms', sampleRate: 16000, hasPitch: false, speed: { sentence: 0.195, letter: 0.0705, break: 0.274 } },
  { name: 'awb', sampleRate: 16000, hasPitch: true, speed: { sentence: 0.301, letter: 0.0593, break: 0.319 } },
  { name: 'kal16', sampleRate: 16000, hasPitch: true, speed: { sentence: 0.23, letter: 0.058, break: 0.533 } },
  { name: 'kal', sampleRate: 8000, hasPitch: true, speed: { sentence: 0.264, letter: 0.0588, break: 0.545 } },
];

/** The voices speak briskly; at these factors, pauses included, they come near 130, 160 and 190 words a minute. */
const PACING_FACTOR: Readonly<Record<JobSpec['plan']['pacing'], number>> = {
  Chill: 0.75,
  Conversational: 0.88,
  Fast: 1.05,
};

/** A digit is a word. */
const LETTERS_PER_DIGIT = 5;

/** @throws {StageError} `InvalidVoice`. */
export function fliteVoice(name: string): FliteVoice {
  const voice = findVoice(name);
  if (voice) return voice;
  throw new StageError({
    code: 'InvalidVoice',
    message: `There is no voice "${name}".`,
    remediation: `Pick one of these voices: default, ${VOICES.map((each) => each.name).join(', ')}.`,
  });
}

/** Speed that the voice is asked for; 1 is its own. */
export function speakingRate({ voice, plan }: JobSpec): number {
  return voice.rate * PACING_FACTOR[plan.pacing];
}

/** Expected duration of a sentence; off by about 7 % for a single one, by far less for a whole script. */
export function estimateSeconds(sentence: string, spec: JobSpec): number {
  if (sentence === '') return 0;
  if (!canSpeak(sentence)) return readingSeconds(sentence);
  // An unknown voice is the speaker's trouble, not the writer's.
  const { speed } = findVoice(spec.voice.name) ?? VOICES[0]!;
  const text = toFliteText(sentence);
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const letters = count(/[a-z]/gi) + count(/\d/g) * LETTERS_PER_DIGIT;
  return (speed.sentence + letters * speed.letter + count(/[,;:]|[.?!] /g) * speed.break) / speakingRate(spec);
}

function findVoice(name: string): FliteVoice | undefined {
  const wanted = name.trim().toLowerCase();
  return VOICES.find((voice) => voice.name === (wanted === 'default' || wanted === '' ? 'slt' : wanted));
}
