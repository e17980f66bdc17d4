/** Who makes pictures: the built-in card designer, or an image service behind the same interface. */
import type { JobSpec } from '../job-spec.ts';
import type { Script } from '../script/script.ts';

export interface VisualsProvider {
  /** Shown to people, for example `Card designer`. */
  readonly name: string;
  /**
   * Makes the pictures of all scenes one after another, each one only when it is asked for.
   *
   * @returns PNG files in the render size, as many as there are scenes.
   */
  draw(request: VisualsRequest): AsyncIterable<Uint8Array>;
}

export interface VisualsRequest {
  readonly spec: JobSpec;
  readonly script: Script;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}
