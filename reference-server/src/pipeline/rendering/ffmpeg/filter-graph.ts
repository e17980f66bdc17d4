/** The FFmpeg filter graph that turns one still picture per scene into a moving video track. */
import type { JobSpec } from '../../job-spec.ts';
import { motionFilter } from './motion.ts';
import type { SceneFrames } from './scene-frames.ts';

/** Inside the scene's own time, so that fades move nothing. */
const FADE_SECONDS = 0.35;
/** `eq` turns contrast about middle grey; this moves the result to black, which is 16 of 255 in a video. */
const BLACK_OFFSET = -0.437;

/**
 * Takes one picture after another as input 0, the last one twice, and ends in the output `[video]`. There is one chain
 * for all scenes: memory stays that of a few frames, however many scenes there are.
 */
export function filterGraph(scenes: readonly SceneFrames[], { width, height, fps }: JobSpec['render']): string {
  const total = scenes.reduce((sum, { count }) => sum + count, 0);
  const starts = [...scenes.map(({ start }) => start), total];
  const filters = [
    // HD colours, named as such in the file; without this greens and reds shift.
    `scale=${width}:${height}:out_color_matrix=bt709:out_range=tv`,
    'format=yuv420p',
    'setsar=1',
    // Each picture is put at the beginning of its scene and repeated up to the next one, without decoding it again.
    `settb=1/${fps}`,
    `setpts='${starts.map((start, picture) => `eq(N,${picture})*${start}`).join('+')}'`,
    `fps=${fps}`,
    `trim=end_frame=${total}`,
    motionFilter(scenes),
    fadeFilter(scenes, fps),
  ];
  return `[0:v]${filters.join(',')}[video]`;
}

/** Darkens both ends of each scene. `eq` does for many scenes in one filter what `fade` can do only once. */
function fadeFilter(scenes: readonly SceneFrames[], fps: number): string {
  const darkness = scenes.map(({ start, count }, scene) => {
    const length = Math.max(1, Math.min(Math.round(FADE_SECONDS * fps), Math.floor(count / 3)));
    const end = start + count - 1;
    const fadeOut = `between(n,${end - length + 1},${end})*(n-${end - length})/${length}`;
    // The video opens on its title card at once: players show the first frame before it is started.
    if (scene === 0) return fadeOut;
    return `between(n,${start},${start + length - 1})*(${start + length}-n)/${length}+${fadeOut}`;
  });
  const dark = `(${darkness.join('+')})`;
  const light = `'1-${dark}'`;
  return `eq=contrast=${light}:brightness='${BLACK_OFFSET}*${dark}':saturation=${light}:eval=frame`;
}
