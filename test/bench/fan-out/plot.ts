/** A plot with logarithmic axes, as SVG that reads on light and dark pages. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [720, 400, 70, 30, 40, 96];
const COLOURS = ['#0a84c6', '#c2410c'];

/** @param yName what is measured, in its unit */
export function plot(lines: readonly Line[], yName: string): string {
  const all = lines.flatMap(({ points }) => points);
  const decades = (values: readonly number[]): [number, number] => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  const [x0, x1] = decades(all.map(([x]) => x));
  const [y0, y1] = decades(all.map(([, y]) => y));
  const px = (x: number): number => LEFT + ((Math.log10(x) - x0) / (x1 - x0)) * (WIDTH - LEFT - RIGHT);
  const py = (y: number): number => HEIGHT - BOTTOM - ((Math.log10(y) - y0) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n));
  const text = (x: number, y: number, words: string, anchor = 'middle'): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;

  const grid = [
    ...range(x0, x1).map(
      (x) =>
        `<path class="grid" d="M${px(x).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}"/>` +
        text(px(x), HEIGHT - BOTTOM + 20, x.toLocaleString('en')),
    ),
    ...range(y0, y1).map(
      (y) =>
        `<path class="grid" d="M${LEFT} ${py(y).toFixed(1)}H${WIDTH - RIGHT}"/>` +
        text(LEFT - 10, py(y) + 4, y.toLocaleString('en', { maximumFractionDigits: 6 }), 'end'),
    ),
  ];
  const drawn = lines.map(({ name, points }, n) => {
    const colour = COLOURS[n % COLOURS.length]!;
    const path = points.map(([x, y]) => `${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('L');
    const dots = points.map(([x, y]) => `<circle cx="${px(x).toFixed(1)}" cy="${py(y).toFixed(1)}" r="4.5"/>`).join('');
    const y = HEIGHT - BOTTOM + 48 + n * 22;
    return (
      `<g fill="${colour}"><path d="M${path}" fill="none" stroke="${colour}" stroke-width="2.5"/>${dots}` +
      `<circle cx="${LEFT + 6}" cy="${y - 4}" r="4.5"/></g>` +
      text(LEFT + 20, y, `${name} – slope ${slope(points).toFixed(2)}`, 'start')
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${yName}, by ${lines.map(({ name }) => name).join(' and by ')}">
<style>text{font:13px system-ui,sans-serif;fill:#57606a}.grid{stroke:#8886;stroke-width:1}</style>
${text(LEFT, 18, yName, 'start')}
${[...grid, ...drawn].join('\n')}
</svg>
`;
}

/** Of the straight line that fits best through the logarithms: 1 where twice as many cost twice as much. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1): number => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
