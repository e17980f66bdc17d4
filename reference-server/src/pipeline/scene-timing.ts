/** The silences of a video: the writer reckons with them, the speaker joins with them, the composer places them. */
import type { JobSpec } from './job-spec.ts';

/** Silence before the first word of a scene, while its picture fades in. */
export const SCENE_LEAD_IN_SECONDS = 0.3;

/** Silence after the last word of a scene, while its picture fades out. */
export const SCENE_LEAD_OUT_SECONDS = 0.5;

const PAUSE_SECONDS: Readonly<Record<JobSpec['voice']['pause'], number>> = {
  Short: 0.2,
  Natural: 0.4,
  Long: 0.7,
  Dramatic: 1,
};

/** Silence between two sentences. */
export function pauseSeconds(pause: JobSpec['voice']['pause']): number {
  return PAUSE_SECONDS[pause];
}
