/** The pictures behind the headings: plain geometry, seeded, strong on the side where no text stands. */
import type { SeededRandom } from '../../seeded-random.ts';
import type { CardLayout } from './card-layout.ts';
import type { Palette } from './palettes.ts';

/** Draws SVG elements. */
export type Composition = (layout: CardLayout, palette: Palette, random: SeededRandom) => string;

export const COMPOSITIONS: readonly Composition[] = [
  rings,
  waves,
  tiles,
  bands,
  blobs,
  contours,
  halftone,
  sunburst,
  peaks,
];

function rings({ focus, unit }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  return repeat(9, (index) => {
    const radius = unit * (0.08 + index * 0.085);
    const color = shapes[(index + 1) % 3]!;
    const angle = random.next() * 2 * Math.PI;
    const moon = circle(focus.x + Math.cos(angle) * radius, focus.y + Math.sin(angle) * radius, unit * 0.022, color);
    const dash =
      index % 3 === 2 ? `stroke-dasharray="${n(unit * 0.004)} ${n(unit * 0.028)}" stroke-linecap="round"` : '';
    const line = `<circle cx="${n(focus.x)}" cy="${n(focus.y)}" r="${n(radius)}" fill="none" stroke="${color}"
      stroke-width="${n(unit * (index % 3 === 1 ? 0.028 : 0.009))}" ${dash}/>`;
    return line + (index % 2 === 0 ? moon : '');
  });
}

function waves({ width, height, unit, focus }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const top = focus.y - unit * 0.2;
  return repeat(5, (layer) => {
    const phase = random.next() * 2 * Math.PI;
    const length = unit * (0.55 + random.next() * 0.5);
    const base = top + (layer * (height - top)) / 5;
    const crest = Array.from({ length: 61 }, (_, index): Point => {
      const x = (width * index) / 60;
      return [x, base + unit * 0.065 * Math.sin((x / length) * 2 * Math.PI + phase)];
    });
    return polygon([...crest, [width, height], [0, height]], shapes[layer % 3]!, 0.45 + layer * 0.1);
  });
}

function tiles({ width, height, unit, towardsShapes }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const size = unit / 6;
  const [left, top] = towardsShapes === 'right' ? [width * 0.62, 0] : [0, height * 0.6];
  const columns = Math.ceil((width - left) / size);
  const rows = Math.ceil((height - top) / size);
  return repeat(columns * rows, (index) => {
    const x = width - ((index % columns) + 1) * size;
    const y = height - (Math.floor(index / columns) + 1) * size;
    const color = random.pick(shapes);
    const turn = Math.floor(random.next() * 4) * 90;
    return random.pick([
      circle(x + size / 2, y + size / 2, size * 0.3, color),
      `<path d="M0 0H${n(size)}A${n(size)} ${n(size)} 0 0 1 0 ${n(size)}Z" fill="${color}"
        transform="translate(${n(x)} ${n(y)}) rotate(${turn} ${n(size / 2)} ${n(size / 2)})"/>`,
      `<rect x="${n(x)}" y="${n(y)}" width="${n(size)}" height="${n(size)}" fill="${color}" fill-opacity="0.55"/>`,
      '',
    ]);
  });
}

function bands({ width, height, unit, focus }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const reach = width + height;
  const lean = random.pick([-32, -48, 38]);
  let at = -unit * 0.42;
  const lines = repeat(7, (index) => {
    const thickness = unit * (0.03 + random.next() * 0.1);
    at += thickness / 2 + unit * 0.018;
    const y = n(focus.y + at);
    at += thickness / 2;
    return `<line x1="${n(focus.x - reach)}" y1="${y}" x2="${n(focus.x + reach)}" y2="${y}" stroke="${shapes[index % 3]}"
      stroke-width="${n(thickness)}" stroke-opacity="${n(0.55 + random.next() * 0.4)}"/>`;
  });
  return `<g transform="rotate(${lean} ${n(focus.x)} ${n(focus.y)})">${lines}</g>`;
}

function blobs({ focus, unit }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const large = repeat(4, (index) => {
    const angle = (index / 4) * 2 * Math.PI + random.next();
    const center: Point = [focus.x + Math.cos(angle) * unit * 0.2, focus.y + Math.sin(angle) * unit * 0.22];
    return polygon(blob(center, unit * (0.22 + random.next() * 0.12), random), shapes[index % 3]!, 0.62);
  });
  const small = repeat(7, (index) => {
    const angle = random.next() * 2 * Math.PI;
    const distance = unit * (0.42 + random.next() * 0.2);
    const [x, y] = [focus.x + Math.cos(angle) * distance, focus.y + Math.sin(angle) * distance];
    return circle(x, y, unit * (0.008 + random.next() * 0.022), shapes[index % 3]!);
  });
  return large + small;
}

function contours({ focus, unit }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const outline = blob([0, 0], 1, random);
  return repeat(13, (index) => {
    const radius = unit * (0.05 + index * 0.06);
    const points = outline.map(([x, y]): Point => [focus.x + x * radius, focus.y + y * radius]);
    return `<path d="${path(points)}Z" fill="${shapes[0]}" fill-opacity="0.06" stroke="${shapes[index % 4 === 3 ? 2 : 1]}"
      stroke-width="${n(unit * (index % 4 === 3 ? 0.008 : 0.004))}"/>`;
  });
}

function halftone({ width, height, unit, focus }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const step = unit / 17;
  const reach = unit * 0.78;
  const columns = Math.ceil(width / step);
  const tint = random.shuffle(shapes);
  return repeat(columns * Math.ceil(height / step), (index) => {
    const row = Math.floor(index / columns);
    const x = ((index % columns) + (row % 2) / 2) * step;
    const y = (row + 0.5) * step;
    const nearness = 1 - Math.hypot(x - focus.x, y - focus.y) / reach;
    const color = tint[nearness > 0.72 ? 2 : nearness > 0.4 ? 1 : 0]!;
    return nearness > 0.04 ? circle(x, y, step * 0.52 * Math.sqrt(nearness), color) : '';
  });
}

function sunburst({ width, height, unit, focus }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const rays = 14;
  const reach = width + height;
  const turn = random.next();
  const at = (ray: number): Point => {
    const angle = ((ray + turn) / rays) * 2 * Math.PI;
    return [focus.x + Math.cos(angle) * reach, focus.y + Math.sin(angle) * reach];
  };
  const wedges = repeat(rays, (ray) =>
    polygon([[focus.x, focus.y], at(ray), at(ray + 0.5)], shapes[ray % 2 === 0 ? 0 : 1], 0.5),
  );
  const disc = circle(focus.x, focus.y, unit * 0.2, shapes[2]) + circle(focus.x, focus.y, unit * 0.13, shapes[0]);
  return wedges + disc;
}

function peaks({ width, height, unit, focus }: CardLayout, { shapes }: Palette, random: SeededRandom): string {
  const sun = circle(focus.x + unit * 0.08, focus.y - unit * 0.24, unit * 0.13, shapes[1]);
  const ranges = repeat(4, (layer) => {
    const base = focus.y - unit * 0.08 + (layer * (height - focus.y + unit * 0.08)) / 4;
    const step = unit * (0.16 + random.next() * 0.05);
    const ridge = Array.from({ length: Math.ceil(width / step) + 2 }, (_, index): Point => {
      const lift = (index + layer) % 2 === 0 ? unit * (0.1 + random.next() * 0.12) : -unit * 0.02 * random.next();
      return [(index - 0.5) * step, base - lift];
    });
    return polygon([...ridge, [width, height], [0, height]], shapes[layer % 2 === 0 ? 0 : 2], 0.4 + layer * 0.15);
  });
  return sun + ranges;
}

type Point = readonly [number, number];

/** A closed, soft, irregular outline. */
function blob([x, y]: Point, radius: number, random: SeededRandom): Point[] {
  const swells = [2, 3, 5].map((count) => ({
    count,
    size: (0.28 * random.next()) / count + 0.03,
    turn: random.next() * 7,
  }));
  return Array.from({ length: 90 }, (_, index): Point => {
    const angle = (index / 90) * 2 * Math.PI;
    const swell = swells.reduce((sum, { count, size, turn }) => sum + size * Math.sin(count * angle + turn), 1);
    return [x + Math.cos(angle) * radius * swell, y + Math.sin(angle) * radius * swell];
  });
}

function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

function circle(x: number, y: number, radius: number, color: string): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${color}"/>`;
}

function polygon(points: readonly Point[], color: string, opacity: number): string {
  return `<path d="${path(points)}Z" fill="${color}" fill-opacity="${n(opacity)}"/>`;
}

function path(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

/** A number as SVG needs it, without a tail of digits. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
