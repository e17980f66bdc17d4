/** The cards: right size, never alike, readable whatever the heading is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCardDesigner } from '../../../reference-server/src/pipeline/visuals/card/card-designer.ts';
import { VEIL_OPACITY } from '../../../reference-server/src/pipeline/visuals/card/card-svg.ts';
import { fitText, LINE_HEIGHT } from '../../../reference-server/src/pipeline/visuals/card/fit-text.ts';
import { FontMetrics } from '../../../reference-server/src/pipeline/visuals/card/font.ts';
import { PALETTES } from '../../../reference-server/src/pipeline/visuals/card/palettes.ts';
import { createVisualsStage } from '../../../reference-server/src/pipeline/visuals/visuals-stage.ts';
import { makeContext, makeSpec, makeWorkspace } from './pipeline-fixtures.ts';

async function draw(size: { width: number; height: number }, headings: readonly string[], title = 'How tides work') {
  const context = await makeContext('Visuals', await makeWorkspace());
  const script = { title, scenes: headings.map((heading) => ({ heading, sentences: ['Sentence.'] })) };
  const input = { spec: makeSpec({ render: size }), Script: { script, artifacts: [] } };
  const { images } = await createVisualsStage(createCardDesigner()).run(input, context);
  return { context, pictures: await Promise.all(images.map((image) => readFile(join(context.workspace, image)))) };
}

test.each([
  [640, 360],
  [360, 640],
  [480, 480],
])('%i × %i cards are PNG files of that size, each one different', async (width, height) => {
  const { pictures, context } = await draw({ width, height }, Array<string>(14).fill('The same heading'));

  for (const picture of pictures) {
    expect(picture.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([width, height]);
    expect(picture.length).toBeGreaterThan(512);
  }
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(14);
  expect(context.reports.at(-1)).toMatchObject({ item: 14, of: 14, message: 'Drawing card 14' });
});

test('markup in a heading is text', async () => {
  const { pictures } = await draw({ width: 320, height: 180 }, ['A & B', '</text><script>"\'', 'Ende']);

  expect(pictures).toHaveLength(3);
});

test('characters without a glyph are left out with one warning', async () => {
  const { context, pictures } = await draw({ width: 320, height: 180 }, ['日本', '語'], '日本語');

  expect(pictures).toHaveLength(2);
  expect(context.warnings).toHaveLength(1);
});

describe('headings', () => {
  const font = new FontMetrics(800);
  const area = { width: 600, height: 300, maxFontSize: 108 };

  test.each([
    ['Hi'],
    ['What beginners notice first'],
    ['A very long title that somebody typed without thinking about the size of a card'],
    ['Pneumonoultramicroscopicsilicovolcanoconiosis'],
    ['x'.repeat(80)],
  ])('%j fits', (heading) => {
    const { lines, fontSize } = fitText(heading, font, area);

    expect(Math.max(...lines.map((line) => font.width(line, fontSize)))).toBeLessThanOrEqual(area.width);
    expect(lines.length * fontSize * LINE_HEIGHT).toBeLessThanOrEqual(area.height);
    expect(fontSize).toBeGreaterThan(area.maxFontSize / 4);
    expect(lines.join('').replaceAll(' ', '')).toBe(heading.replaceAll(' ', ''));
  });
});

test.each(['</script>', '<script>alert("a fairly long one")</script>', 'x'.repeat(50)])(
  'a long word as in %j gets no spaces where it is broken',
  (word) => {
    const font = new FontMetrics(800);
    const heading = `Safe ${word} handling`;
    for (let width = 60; width < 900; width += 7) {
      const { lines } = fitText(heading, font, { width, height: 200, maxFontSize: 60 });

      expect(heading.replaceAll(' ', '')).toContain(lines[0]!.replaceAll(' ', '').replace('…', ''));
      for (const line of lines) expect(heading).toContain(line.replace('…', ''));
    }
  },
);

test('text stands out from the ground at 4.5:1 or more, with any shape shining through', () => {
  for (const { ground, ink, shapes } of PALETTES) {
    for (const base of ground) {
      for (const shape of shapes) {
        const behind = blend(rgb(shape), blend(rgb(ground[0]), rgb(base), VEIL_OPACITY), 1 - VEIL_OPACITY);

        expect(contrast(rgb(ink), behind), `${ink} on ${base} with ${shape}`).toBeGreaterThan(4.5);
      }
    }
  }
});

type Color = readonly number[];

const rgb = (hex: string): Color => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

const blend = (top: Color, bottom: Color, opacity: number): Color =>
  top.map((value, index) => value * opacity + bottom[index]! * (1 - opacity));

/** WCAG 2, contrast ratio. */
function contrast(one: Color, other: Color): number {
  const luminance = (color: Color): number => {
    const [r, g, b] = color.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}
