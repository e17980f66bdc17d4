/** The colours of cards. In each palette the ink stands out clearly from the ground, even with a shape shining through. */

export interface Palette {
  /** Both ends of the background's gradient. */
  readonly ground: readonly [string, string];
  /** Text. */
  readonly ink: string;
  /** The first one is also the accent next to the text. */
  readonly shapes: readonly [string, string, string];
}

export const PALETTES: readonly Palette[] = [
  { ground: ['#0b1026', '#1c2a5a'], ink: '#f5f7ff', shapes: ['#5b8cff', '#8ee3ff', '#ff7ab6'] },
  { ground: ['#06231d', '#0f4a3a'], ink: '#f1fff8', shapes: ['#37d39b', '#c7f36b', '#f8d66d'] },
  { ground: ['#fbf5ea', '#f1e2c6'], ink: '#2b1d0e', shapes: ['#e07a5f', '#3d405b', '#81b29a'] },
  { ground: ['#1f0a2e', '#4a1660'], ink: '#fff5ff', shapes: ['#d16bff', '#ff8fab', '#ffd166'] },
  { ground: ['#2a0c0a', '#5f1d14'], ink: '#fff6ef', shapes: ['#ff7a45', '#ffc145', '#ff4d6d'] },
  { ground: ['#eef6ff', '#cfe4ff'], ink: '#0b1f3a', shapes: ['#2f6fed', '#ff9f1c', '#12b5a6'] },
  { ground: ['#04222f', '#0b4f6c'], ink: '#effbff', shapes: ['#20c5d6', '#9bf6ff', '#ffb703'] },
  { ground: ['#141518', '#2c2f36'], ink: '#ffffff', shapes: ['#f2545b', '#f5dfbb', '#19a7a0'] },
  { ground: ['#effcf4', '#c8efd9'], ink: '#0c2b22', shapes: ['#1c9f70', '#f26b5b', '#264653'] },
  { ground: ['#15103a', '#3a2a9b'], ink: '#f7f6ff', shapes: ['#8f7bff', '#4ff0d0', '#ffcf5c'] },
  { ground: ['#fff1f3', '#ffd7de'], ink: '#3a0a1a', shapes: ['#e5446d', '#5b2a86', '#ffb447'] },
  { ground: ['#1d1f0a', '#4a4e1a'], ink: '#fffef0', shapes: ['#d3e04b', '#f2a541', '#7bd389'] },
];
