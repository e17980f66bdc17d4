/** Slow camera movements over still pictures, as an FFmpeg filter. */
import type { SceneFrames } from './scene-frames.ts';

/** The part of the picture that fills the frame: what is cut off at each side, as shares of width and height. */
interface View {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const WHOLE: View = { left: 0, top: 0, right: 0, bottom: 0 };
const CLOSE: View = { left: 0.035, top: 0.035, right: 0.035, bottom: 0.035 };
const LEFT: View = { left: 0, top: 0.025, right: 0.05, bottom: 0.025 };
const RIGHT: View = { left: 0.05, top: 0.025, right: 0, bottom: 0.025 };

/** One after another for the scenes of a video. */
const MOVES: readonly (readonly [View, View])[] = [
  [WHOLE, CLOSE],
  [RIGHT, LEFT],
  [CLOSE, WHOLE],
  [LEFT, RIGHT],
];

/**
 * Moves the view through all scenes. `perspective` samples between pixels, so the picture glides; `zoompan` cuts at
 * whole pixels, so it trembles unless the picture is first blown up, which costs more than twice the time. One filter
 * serves the whole video, because each holds a table of the picture's size.
 */
export function motionFilter(scenes: readonly SceneFrames[]): string {
  const inset = (side: keyof View): string => scenes.map((frames, scene) => sceneInset(side, frames, scene)).join('+');
  const [left, top] = [`W*(${inset('left')})`, `H*(${inset('top')})`];
  const [right, bottom] = [`W-W*(${inset('right')})`, `H-H*(${inset('bottom')})`];
  // Corners in the order of the filter: top left, top right, bottom left, bottom right.
  const corners = [left, top, right, top, left, bottom, right, bottom];
  const names = ['x0', 'y0', 'x1', 'y1', 'x2', 'y2', 'x3', 'y3'];
  return `perspective=${names.map((name, index) => `${name}='${corners[index]}'`).join(':')}:eval=frame`;
}

/** What one scene adds at one side: nothing outside its own frames. */
function sceneInset(side: keyof View, { start, count }: SceneFrames, scene: number): string {
  const [from, to] = MOVES[scene % MOVES.length]!;
  const change = Math.round((to[side] - from[side]) * 1000) / 1000;
  // Starts and ends gently.
  const progress = `(1-cos(PI*(on-${start})/${count}))/2`;
  return `between(on,${start},${start + count - 1})*(${from[side]}+${change}*${progress})`;
}
