/** What a run of the pipeline is given by whoever wants the video. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { StageProgress, StageProvider } from './stage.ts';

export interface StageStart {
  readonly resumed: boolean;
  /** Who begins; `undefined` where the stage itself does the work. */
  readonly provider: StageProvider | undefined;
}

/** Who wants to know how the work goes. */
export interface PipelineObserver {
  /** A stage begins, or is passed over because its checkpoint is whole (`resumed`). The stage waits for the promise. */
  stageStarted(name: StageName, info: StageStart): void | Promise<void>;
  /** Another provider takes the work over. It waits for the promise. */
  handedTo(name: StageName, provider: StageProvider): void | Promise<void>;
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
