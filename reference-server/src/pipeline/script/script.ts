/** What a script is: a title and scenes of spoken sentences. */
import type { StageOutput } from '../stage-output.ts';

export interface ScriptScene {
  /** Short; shown on the scene's card. */
  readonly heading: string;
  /** Spoken one after another; each becomes one or more captions. */
  readonly sentences: readonly string[];
}

export interface Script {
  readonly title: string;
  readonly scenes: readonly ScriptScene[];
}

export interface ScriptOutput extends StageOutput {
  readonly script: Script;
}
