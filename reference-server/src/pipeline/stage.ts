/** What a stage is: work that knows nothing of jobs, HTTP or events (docs/architecture.md, rule 7). */
import type { StageName } from '@aura-jobs/sdk/protocol';

/**
 * Where a stage stands. `item` of `of` things are being worked on; both are 1-based integers, `item <= of`. Where a
 * program only speaks, its words will do: what is missing is read out of `message` or `detail`, as in `rendering 45%`,
 * `frame 120/300` or `3 of 5`.
 *
 * @example await context.report({ message: lineOfTheProgram });
 */
export interface StageProgress {
  readonly item?: number;
  readonly of?: number;
  /** One line for a person, for example `Speaking scene 2`. */
  readonly message: string;
  /** A second, finer line; default `"{item} of {of}"`. */
  readonly detail?: string;
  /** Share of the stage that is done, 0–1; default `(item - 1) / of`, since the item is only begun; without items what the words say, else as before. */
  readonly done?: number;
  /** More fields for the `step-progress` event; only simulated jobs use it. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** What the runner lends a stage. */
export interface StageContext {
  /** Aborted on cancel or time-out: hand it to every await, child process and worker. */
  readonly signal: AbortSignal;
  /** Absolute path of the job's workspace. A stage writes below `folder` only and returns paths relative to `workspace`. */
  readonly workspace: string;
  /** Absolute path of this stage's own, existing, empty folder inside the workspace. */
  readonly folder: string;
  /** Tells how far the work is. Cheap: call it as often as something changes. Resolves when the event is logged. */
  report(progress: StageProgress): Promise<void>;
  /** A problem that does not stop the work; becomes a `warning` event. */
  warn(message: string): void;
  /** From now on somebody else does the work. Resolves when a cancel would say so. */
  handTo(provider: StageProvider): Promise<void>;
}

/** Who does a stage's work. */
export interface StageProvider {
  /** Shown to people. */
  readonly name: string;
  /** Whether it stops when the stage's signal says so. @defaultValue true */
  readonly canStop?: boolean;
}

/** One step of the pipeline. The output must survive `JSON.stringify`: it is the checkpoint that a restart resumes from. */
export interface PipelineStage<Input, Output> {
  readonly name: StageName;
  /** Who begins. Missing where the stage itself does the work. */
  readonly provider?: StageProvider;
  run(input: Input, context: StageContext): Promise<Output>;
}
