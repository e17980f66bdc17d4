/** Where things stand on a card: beside the shapes if it is wide, above them if it is tall. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CardLayout {
  readonly width: number;
  readonly height: number;
  /** The shorter side: sizes of letters and shapes are shares of it. */
  readonly unit: number;
  /** What stays visible when the picture is enlarged by 1.15 about any point that keeps it filling the frame. */
  readonly safe: Box;
  /** For the heading. */
  readonly text: Box;
  /** Centre of the shapes. */
  readonly focus: { readonly x: number; readonly y: number };
  /** Direction from the text to the shapes. */
  readonly towardsShapes: 'right' | 'down';
}

const MARGIN = 0.09;

export function cardLayout(width: number, height: number): CardLayout {
  const safe = {
    x: width * MARGIN,
    y: height * MARGIN,
    width: width * (1 - 2 * MARGIN),
    height: height * (1 - 2 * MARGIN),
  };
  const isWide = width / height > 1.2;
  const isTall = width / height < 0.85;
  // Below the text there is room for captions, which players put at the bottom.
  const text = isWide
    ? { x: safe.x, y: height * 0.27, width: width * 0.52, height: height * 0.5 }
    : { x: safe.x, y: height * (isTall ? 0.2 : 0.24), width: safe.width, height: height * (isTall ? 0.34 : 0.4) };
  return {
    width,
    height,
    unit: Math.min(width, height),
    safe,
    text,
    focus: isWide ? { x: width * 0.8, y: height * 0.54 } : { x: width * 0.62, y: height * (isTall ? 0.76 : 0.8) },
    towardsShapes: isWide ? 'right' : 'down',
  };
}
