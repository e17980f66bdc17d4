/** The five pipeline stages, their phases and their ranges of the job percentage (guide, "Progress Ranges"). */
import { byWord } from './by-word.ts';

/** Canonical name of a pipeline stage, in the order of work. */
export type StageName = 'Script' | 'TTS' | 'Visuals' | 'Composition' | 'Rendering';

/** Wire name of the phase that belongs to a stage; `complete` only after the last one. */
export type Phase = 'plan' | 'tts' | 'visuals' | 'compose' | 'render' | 'complete';

/** One stage of the pipeline and the half-open range `[from, to)` of the job percentage it fills. */
export interface Stage {
  readonly name: StageName;
  readonly phase: Phase;
  /** First percent of the stage, inclusive. */
  readonly from: number;
  /** Percent at which the next stage begins. */
  readonly to: number;
}

/** All stages in the order of work. */
export const STAGES: readonly Stage[] = [
  { name: 'Script', phase: 'plan', from: 0, to: 15 },
  { name: 'TTS', phase: 'tts', from: 15, to: 35 },
  { name: 'Visuals', phase: 'visuals', from: 35, to: 65 },
  { name: 'Composition', phase: 'compose', from: 65, to: 85 },
  { name: 'Rendering', phase: 'render', from: 85, to: 100 },
];

/** Position of a stage in {@link STAGES}. */
export function stageIndex(name: StageName): number {
  return STAGES.findIndex((stage) => stage.name === name);
}

/** The stage of a canonical name. */
export function stageOf(name: StageName): Stage {
  return STAGES[stageIndex(name)]!;
}

/** The stage in whose range a job percentage lies; borders belong to the later stage (AC sheet, C-22). */
export function stageAt(percent: number): Stage {
  return STAGES.find((stage) => percent < stage.to) ?? STAGES[4]!;
}

/** Job percentage for a position inside a stage. @param stepPct 0–100 within the stage. */
export function toJobPercent(name: StageName, stepPct: number): number {
  const { from, to } = stageOf(name);
  return from + ((to - from) * stepPct) / 100;
}

/** Position inside a stage, 0–100, for a job percentage. */
export function toStepPercent(name: StageName, percent: number): number {
  const { from, to } = stageOf(name);
  return Math.max(0, Math.min(100, ((percent - from) / (to - from)) * 100));
}

const WORDS: Record<StageName, string> = {
  Script: 'plan initialization queued brief briefvalidation planning pacing',
  TTS: 'voice audio narration voiceover',
  Visuals: 'visual images assets broll',
  Composition: 'compose timeline subtitles mux',
  Rendering: 'render encode export postprocess postprocessing',
};

/**
 * Canonical stage for any name a backend uses, or `undefined` when the name says nothing about the position
 * (then keep the current stage; protocol sheet, section 3.3).
 *
 * @example foldStage('Voice') // 'TTS'
 */
export const foldStage: (raw: unknown) => StageName | undefined = /* @__PURE__ */ byWord(WORDS);
