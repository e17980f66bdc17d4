/** Slow camera movements over still pictures, as FFmpeg filters. */

/** The part of the picture that fills the frame: what is cut off at each side, as shares of width and height. */
interface View {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const WHOLE: View = { left: 0, top: 0, right: 0, bottom: 0 };
const CLOSE: View = { left: 0.035, top: 0.035, right: 0.035, bottom: 0.035 };
const LEFT: View = { left: 0, top: 0.03, right: 0.06, bottom: 0.03 };
const RIGHT: View = { left: 0.06, top: 0.03, right: 0, bottom: 0.03 };

/** One after another for the scenes of a video. */
const MOVES: readonly (readonly [View, View])[] = [
  [WHOLE, CLOSE],
  [RIGHT, LEFT],
  [CLOSE, WHOLE],
  [LEFT, RIGHT],
];

/**
 * Moves the view over `frames` frames. `perspective` samples between pixels, so the picture glides; `zoompan` cuts at
 * whole pixels, so it trembles unless the picture is first blown up, which costs more than twice the time.
 */
export function motionFilter(scene: number, frames: number): string {
  const [from, to] = MOVES[scene % MOVES.length]!;
  // Starts and ends gently.
  const progress = `(1-cos(PI*on/${frames}))/2`;
  const inset = (side: keyof View, size: 'W' | 'H'): string => {
    const change = Math.round((to[side] - from[side]) * 1000) / 1000;
    return `${size}*(${from[side]}+${change}*${progress})`;
  };
  const [left, top] = [inset('left', 'W'), inset('top', 'H')];
  const [right, bottom] = [`W-${inset('right', 'W')}`, `H-${inset('bottom', 'H')}`];
  // Corners in the order of the filter: top left, top right, bottom left, bottom right.
  const corners = [left, top, right, top, left, bottom, right, bottom];
  const names = ['x0', 'y0', 'x1', 'y1', 'x2', 'y2', 'x3', 'y3'];
  return `perspective=${names.map((name, index) => `${name}='${corners[index]}'`).join(':')}:eval=frame`;
}
