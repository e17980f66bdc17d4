/** How many scenes a video gets (protocol sheet, section 6). */
import type { JobSpec } from '../job-spec.ts';

const SECONDS_PER_SCENE: Readonly<Record<JobSpec['plan']['density'], number>> = { Sparse: 20, Balanced: 12, Dense: 8 };

/** A scene below this is a flicker: no sentence fits into it. */
const SHORTEST_SCENE_SECONDS = 3;

/** The number asked for, else by density within the plan's bounds; never fewer than two, never scenes too short to speak in. */
export function sceneCount({ targetSeconds, density, ...plan }: JobSpec['plan']): number {
  const byDensity = Math.ceil(targetSeconds / SECONDS_PER_SCENE[density]);
  const wanted = plan.targetSceneCount ?? Math.min(plan.maxSceneCount, Math.max(plan.minSceneCount, byDensity));
  return Math.max(2, Math.min(wanted, Math.floor(targetSeconds / SHORTEST_SCENE_SECONDS)));
}
