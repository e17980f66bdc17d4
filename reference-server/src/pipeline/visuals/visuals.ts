/** What the visuals stage hands on: one picture per scene. */
import type { StageOutput } from '../stage-output.ts';

export interface VisualsOutput extends StageOutput {
  /** Image files relative to the workspace, in the order of the scenes. */
  readonly images: readonly string[];
}
