/** Runs stages in order, each one once: a finished stage leaves a checkpoint and is not run again. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageName } from '@aura-jobs/sdk/protocol';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { JobSpec } from './job-spec.ts';
import type { PipelineRunOptions } from './pipeline-run.ts';
import { runStage } from './run-stage.ts';
import type { AnyStage, Artifact, StageOutput } from './stage-output.ts';
import { createVideoStages, type VideoStageOptions } from './video-stages.ts';

export type { AnyStage } from './stage-output.ts';
export type { PipelineObserver, PipelineRunOptions } from './pipeline-run.ts';

export interface PipelineResult {
  /** All artifacts in the order in which they were made. */
  readonly artifacts: readonly Artifact[];
  /** Length of the video; 0 if no stage told one. */
  readonly durationSeconds: number;
}

export interface Pipeline {
  /** @throws {StageError} when a stage fails; whatever `signal.reason` is when aborted. */
  run(spec: JobSpec, options: PipelineRunOptions): Promise<PipelineResult>;
}

/** A pipeline of the given stages. It treats all alike, so simulated stages can take the place of real ones. */
export function createPipeline(stages: readonly AnyStage[]): Pipeline {
  return {
    async run(spec, options) {
      const outputs = new Map<StageName, StageOutput>();
      let resuming = true;
      for (const stage of stages) {
        options.signal.throwIfAborted();
        const folder = join(options.workspace, stage.name);
        const finished: StageOutput | undefined = resuming
          ? await readCheckpoint(folder, options.workspace)
          : undefined;
        // Work that follows a stage made anew rests on files that no longer exist, so it is made anew as well.
        resuming = finished !== undefined;
        await options.observer.stageStarted(stage.name, { resumed: resuming, provider: stage.provider });
        if (finished) {
          outputs.set(stage.name, finished);
          continue;
        }
        await mkdir(folder, { recursive: true });
        const input = { spec, ...Object.fromEntries(outputs) } as never;
        const output = await runStage(stage, input, { ...options, folder });
        await writeCheckpoint(folder, output);
        outputs.set(stage.name, output);
      }
      return summarize([...outputs.values()]);
    },
  };
}

/** Makes the video that `spec` asks for with the five real stages. */
export function runPipeline(
  spec: JobSpec,
  { providers, ...options }: PipelineRunOptions & { readonly providers?: VideoStageOptions | undefined },
): Promise<PipelineResult> {
  return createPipeline(createVideoStages(providers)).run(spec, options);
}

function summarize(outputs: readonly StageOutput[]): PipelineResult {
  return {
    artifacts: outputs.flatMap((output) => output.artifacts),
    durationSeconds: outputs.findLast((output) => output.durationSeconds !== undefined)?.durationSeconds ?? 0,
  };
}
