/** The FFmpeg filter graph that turns one still picture per scene into a moving video track. */
import type { Timeline } from '../../composition/timeline.ts';
import type { JobSpec } from '../../job-spec.ts';
import { motionFilter } from './motion.ts';

/** Inside the scene's own time, so that fades move nothing. */
const FADE_SECONDS = 0.35;

/** Takes the pictures as inputs 0, 1, 2 …, whose frame rate is the video's, and ends in the output `[video]`. */
export function filterGraph({ scenes }: Timeline, { width, height, fps }: JobSpec['render']): string {
  const chains = scenes.map(({ startSeconds, durationSeconds }, scene) => {
    // Counted from the beginning of the video: rounding to frames never adds up.
    const frames = Math.max(1, Math.round((startSeconds + durationSeconds) * fps) - Math.round(startSeconds * fps));
    return `[${scene}:v]${sceneFilters({ scene, frames, width, height, fps })}[scene${scene}]`;
  });
  const inputs = scenes.map((_, scene) => `[scene${scene}]`).join('');
  return [...chains, `${inputs}concat=n=${scenes.length}:v=1:a=0[video]`].join(';');
}

interface SceneFrames {
  readonly scene: number;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

function sceneFilters({ scene, frames, width, height, fps }: SceneFrames): string {
  const fadeFrames = Math.min(Math.round(FADE_SECONDS * fps), Math.floor(frames / 3));
  const fadeOut = `fade=t=out:s=${frames - fadeFrames}:n=${fadeFrames}`;
  // The video opens on its title card at once: players show the first frame before it is started.
  const fades = scene === 0 ? [fadeOut] : [`fade=t=in:s=0:n=${fadeFrames}`, fadeOut];
  return [
    // HD colours, named as such in the file; without this greens and reds shift.
    `scale=${width}:${height}:out_color_matrix=bt709:out_range=tv`,
    'format=yuv420p',
    'setsar=1',
    // One decoded picture is repeated; FFmpeg's own `-loop` would decode it again for every frame.
    `loop=loop=${frames}:size=1:start=0`,
    `trim=end_frame=${frames}`,
    'setpts=N',
    motionFilter(scene, frames),
    ...(fadeFrames > 0 ? fades : []),
  ].join(',');
}
