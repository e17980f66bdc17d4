/** Puts a card together: ground, shapes, a veil that keeps the text clear, and the text. */
import type { SeededRandom } from '../../seeded-random.ts';
import { cardLayout, type CardLayout } from './card-layout.ts';
import type { Composition } from './compositions.ts';
import { fitText, LINE_HEIGHT, truncate } from './fit-text.ts';
import type { FontMetrics } from './font.ts';
import type { Palette } from './palettes.ts';

export interface CardContent {
  /** In large letters. */
  readonly headline: string;
  /** In small letters at the top, for example the video's title. */
  readonly label: string;
  readonly number: number;
  readonly of: number;
}

export interface CardStyle {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly composition: Composition;
  readonly random: SeededRandom;
}

export interface CardFonts {
  readonly heavy: FontMetrics;
  readonly medium: FontMetrics;
}

/** How much of the ground lies over the shapes where the text stands. */
export const VEIL_OPACITY = 0.86;

/** The card as an SVG document whose text is ready to be drawn in Inter. */
export function cardSvg(content: CardContent, { width, height, ...style }: CardStyle, fonts: CardFonts): string {
  const layout = cardLayout(width, height);
  const [from, to] = style.palette.ground;
  const { text } = layout;
  const isAside = layout.towardsShapes === 'right';
  const textEnd = isAside ? (text.x + text.width) / width : (text.y + text.height) / height;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Inter">
    <defs>
      <linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>
      </linearGradient>
      ${veil('textVeil', isAside ? 'x2="1" y2="0"' : 'x2="0" y2="1"', textEnd, from)}
      ${veil('headerVeil', 'x2="0" y2="1"', (layout.safe.y + layout.unit * 0.075) / height, from)}
    </defs>
    <rect width="100%" height="100%" fill="url(#ground)"/>
    ${style.composition(layout, style.palette, style.random)}
    <rect width="100%" height="100%" fill="url(#textVeil)"/>
    <rect width="100%" height="100%" fill="url(#headerVeil)"/>
    ${header(content, layout, style.palette, fonts.medium)}
    ${headline(content.headline, layout, style.palette, fonts.heavy)}
  </svg>`;
}

/** Covers everything up to `end`, a share of the card's length in that direction, and fades out behind it. */
function veil(id: string, direction: string, end: number, color: string): string {
  const stops = [
    [end, VEIL_OPACITY],
    [end + 0.12, 0.4],
    [end + 0.26, 0],
  ].map(([offset, opacity]) => `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`);
  return `<linearGradient id="${id}" x1="0" y1="0" ${direction}>${stops.join('')}</linearGradient>`;
}

/** Label on the left, "2 / 5" on the right, and below them a line that fills from card to card. */
function header(content: CardContent, layout: CardLayout, { ink, shapes }: Palette, font: FontMetrics): string {
  const { safe, unit } = layout;
  const size = unit * 0.038;
  const counter = `${content.number} / ${content.of}`;
  const counterWidth = font.width(counter, size);
  const label = truncate(content.label, font, size, safe.width - counterWidth - size * 2);
  const baseline = safe.y + size;
  const line = { y: baseline + size * 0.75, thickness: unit * 0.006 };
  const rule = (width: number, color: string, opacity: number): string =>
    `<rect x="${safe.x}" y="${line.y}" width="${width}" height="${line.thickness}" rx="${line.thickness / 2}"
      fill="${color}" fill-opacity="${opacity}"/>`;
  return `<g font-weight="500" font-size="${size}" fill="${ink}">
      <text x="${safe.x}" y="${baseline}">${escapeXml(label)}</text>
      <text x="${safe.x + safe.width - counterWidth}" y="${baseline}">${counter}</text>
    </g>
    ${rule(safe.width, ink, 0.2)}${rule((safe.width * content.number) / content.of, shapes[0], 1)}`;
}

function headline(text: string, { text: box, unit }: CardLayout, { ink, shapes }: Palette, font: FontMetrics): string {
  const { lines, fontSize } = fitText(text, font, { ...box, maxFontSize: unit * 0.15 });
  const top = box.y + (box.height - lines.length * fontSize * LINE_HEIGHT) / 2;
  const bar = { width: unit * 0.11, height: unit * 0.014 };
  const rows = lines.map((line, index) => {
    const baseline = top + fontSize * (0.93 + index * LINE_HEIGHT);
    return `<text x="${box.x}" y="${baseline}">${escapeXml(line)}</text>`;
  });
  return `<rect x="${box.x}" y="${top - bar.height * 2.6}" width="${bar.width}" height="${bar.height}"
      rx="${bar.height / 2}" fill="${shapes[0]}"/>
    <g font-weight="800" font-size="${fontSize}" letter-spacing="${-0.015 * fontSize}" fill="${ink}">${rows.join('')}</g>`;
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
