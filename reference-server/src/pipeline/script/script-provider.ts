/** Who writes scripts: the offline writer here, or a language model behind the same interface. */
import type { JobSpec } from '../job-spec.ts';
import type { Script } from './script.ts';

export interface ScriptRequest {
  readonly spec: JobSpec;
  readonly sceneCount: number;
  /** How long the speech stage will need for a sentence, without the pause after it. */
  secondsOf(sentence: string): number;
}

export interface ScriptProvider {
  /** Shown to people, for example `Offline writer`. */
  readonly name: string;
  /**
   * Writes the script. @param onScene to be called, and awaited, when scene 1, 2, 3 … is begun.
   */
  write(request: ScriptRequest, signal: AbortSignal, onScene: (scene: number) => Promise<void>): Promise<Script>;
}
