/** Who writes scripts: the offline writer here, or a language model behind the same interface. */
import type { JobSpec } from '../job-spec.ts';
import type { Script } from './script.ts';

export interface ScriptProvider {
  /** Shown to people, for example `Offline writer`. */
  readonly name: string;
  /** Rejects with the signal's reason when aborted. */
  write(request: ScriptRequest): Promise<Script>;
}

export interface ScriptRequest {
  readonly spec: JobSpec;
  readonly sceneCount: number;
  readonly signal: AbortSignal;
  /** How long the speech stage will need for a sentence, without the pause after it. */
  readonly secondsOf: (sentence: string) => number;
  readonly warn: (message: string) => void;
  /** Called, and awaited, when scene 1, 2, 3 … is begun. */
  readonly onScene: (scene: number) => Promise<void>;
}
