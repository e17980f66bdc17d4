/** How long each stage will take here: a first guess for the remaining time, corrected by real progress later. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { JobSpec } from './job-spec.ts';
import { sceneCount } from './script/scene-count.ts';

/** Time per frame and megapixel for the default effort of each encoder. */
const ENCODING_SECONDS: Readonly<Record<JobSpec['render']['codec'], number>> = {
  H264: 0.0075,
  H265: 0.016,
  VP9: 0.029,
  AV1: 0.15,
};

/**
 * Expected seconds with the default providers, measured on a machine with two processors.
 *
 * @param byModel a language model writes the script: a guess, since they differ by far
 */
export function estimateStageSeconds({ plan, render }: JobSpec, byModel = false): Record<StageName, number> {
  const scenes = sceneCount(plan);
  const megapixels = (render.width * render.height) / 1e6;
  const frames = plan.targetSeconds * render.fps;
  const effort = render.qualityLevel >= 90 ? 2 : 1;
  return {
    Script: byModel ? 2 + plan.targetSeconds * 0.1 : 0.05,
    TTS: 0.1 + plan.targetSeconds * 0.012,
    Visuals: scenes * (0.01 + megapixels * 0.04),
    Composition: 0.02 + plan.targetSeconds * 0.0001,
    Rendering: 0.3 + frames * megapixels * ENCODING_SECONDS[render.codec] * effort,
  };
}
