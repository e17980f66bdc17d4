/** How long each stage will take here: a first guess for the remaining time, corrected by real progress later. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { JobSpec } from './job-spec.ts';
import { sceneCount } from './script/scene-count.ts';

/** Expected seconds on a machine with two processors, measured with the default providers. */
export function estimateStageSeconds({ plan, render }: JobSpec): Record<StageName, number> {
  const scenes = sceneCount(plan);
  const megapixels = (render.width * render.height) / 1e6;
  const frames = plan.targetSeconds * render.fps;
  return {
    Script: 0.1,
    TTS: 0.2 + plan.targetSeconds * 0.012,
    Visuals: scenes * (0.01 + megapixels * 0.04),
    Composition: 0.05 + plan.targetSeconds * 0.0005,
    Rendering: 0.5 + frames * megapixels * 0.01,
  };
}
