/** Which frames of the video belong to which scene. */
import type { Timeline } from '../../composition/timeline.ts';

export interface SceneFrames {
  /** Number of its first frame, from 0. */
  readonly start: number;
  readonly count: number;
}

/** Counted from the beginning of the video, so that rounding never adds up. */
export function sceneFrames({ scenes }: Timeline, fps: number): SceneFrames[] {
  return scenes.map(({ startSeconds, durationSeconds }) => {
    const start = Math.round(startSeconds * fps);
    return { start, count: Math.max(1, Math.round((startSeconds + durationSeconds) * fps) - start) };
  });
}
