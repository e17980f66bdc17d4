/** What a run of the pipeline is given by whoever wants the video. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { StageProgress } from './stage.ts';

/** Who wants to know how the work goes. */
export interface PipelineObserver {
  /** A stage begins, or is passed over because its checkpoint is whole (`resumed`). The stage waits for the promise. */
  stageStarted(name: StageName, info: { readonly resumed: boolean }): void | Promise<void>;
  report(name: StageName, progress: StageProgress): void | Promise<void>;
  warn(name: StageName, message: string): void;
}

export interface PipelineRunOptions {
  /** Absolute path of the job's folder; made if absent. Each stage works in `workspace/<stage name>`. */
  readonly workspace: string;
  /** Ends the run: it rejects with the signal's reason once the running stage has stopped and its files are gone. */
  readonly signal: AbortSignal;
  readonly observer: PipelineObserver;
  /** Limit for each single stage in milliseconds; no limit by default. */
  readonly stageTimeoutMs?: number;
}
