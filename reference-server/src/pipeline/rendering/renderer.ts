/** Who encodes the video: FFmpeg, or a render service behind the same interface. */
import type { Timeline } from '../composition/timeline.ts';
import type { JobSpec } from '../job-spec.ts';

export interface Renderer {
  /** Shown to people, for example `FFmpeg`. */
  readonly name: string;
  /**
   * Writes the video to `output` and resolves when it is complete. When aborted, it rejects with the signal's reason
   * after everything it started has ended.
   */
  render(request: RenderRequest): Promise<void>;
}

export interface RenderRequest {
  readonly spec: JobSpec;
  readonly timeline: Timeline;
  /** One image per scene of the timeline, absolute paths. */
  readonly images: readonly string[];
  /** Sound of the whole video, absolute path. */
  readonly narration: string;
  /** Absolute path; its ending names the container. */
  readonly output: string;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  /** Called as the work goes on, with the seconds of video that are done. */
  readonly onProgress: (seconds: number) => void;
}
