/** Runs one stage under a time limit and leaves its folder empty unless it succeeds. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import { emptyFolder } from './empty-folder.ts';
import { fileSystemFault } from './file-system-fault.ts';
import type { PipelineRunOptions } from './pipeline-run.ts';
import { StageError } from './stage-error.ts';
import type { AnyStage, StageOutput } from './stage-output.ts';

/**
 * @param input what the stage needs from the ones before it.
 * @throws `signal.reason` if aborted, a `StageError` for a known failure, else what the stage threw. In each case the
 * stage has ended and its folder is empty.
 */
export async function runStage(
  stage: AnyStage,
  input: never,
  { workspace, folder, signal, observer, stageTimeoutMs }: PipelineRunOptions & { readonly folder: string },
): Promise<StageOutput> {
  const limit = stageTimeoutMs === undefined ? undefined : AbortSignal.timeout(stageTimeoutMs);
  const stageSignal = limit ? AbortSignal.any([signal, limit]) : signal;
  await emptyFolder(folder);
  try {
    stageSignal.throwIfAborted();
    const output = await stage.run(input, {
      signal: stageSignal,
      workspace,
      folder,
      report: async (progress) => observer.report(stage.name, progress),
      warn: (message) => observer.warn(stage.name, message),
      handTo: async (provider) => observer.handedTo(stage.name, provider),
    });
    stageSignal.throwIfAborted();
    return output;
  } catch (error) {
    await emptyFolder(folder);
    signal.throwIfAborted();
    if (limit?.aborted) throw timedOut(stage.name, stageTimeoutMs!, error);
    throw fileSystemFault(error) ?? error;
  }
}

function timedOut(stage: StageName, limitMs: number, cause: unknown): StageError {
  return new StageError({
    code: `StepTimeout:${stage}`,
    message: `The ${stage} stage took longer than its limit of ${Math.round(limitMs / 1000)} s.`,
    remediation: 'Try again when the server is less busy, or ask for a shorter video.',
    cause,
  });
}
