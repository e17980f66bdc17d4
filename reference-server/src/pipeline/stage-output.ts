/** What every stage hands back, whatever it makes: this is all that the pipeline itself needs to know. */
import type { PipelineStage } from './stage.ts';

/** A file the job offers to its owner. */
export interface Artifact {
  /** Name without folders, for example `output.mp4`; unique in the job. */
  readonly name: string;
  /** Path below the job's workspace, with `/`. */
  readonly file: string;
  /** Media type. */
  readonly type: string;
}

/** Common part of all stage outputs. The rest of an output is between the stages. */
export interface StageOutput {
  readonly artifacts: readonly Artifact[];
  /** Further files, relative to the workspace, that later stages need; a checkpoint without them is worthless. */
  readonly files?: readonly string[];
  /** Length of the finished video, given by the stage that knows it. */
  readonly durationSeconds?: number;
}

/** Any stage, for lists of them: each takes `{ spec }` and the outputs of the stages before it under their names. */
export type AnyStage = PipelineStage<never, StageOutput>;
