/** Pictures that are compared with a tolerance: letters may be drawn a little differently, boxes may not move. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';

const EXPECTED = new URL('pictures/', import.meta.url);
/** Where a failed comparison leaves its two pictures. */
const OUTPUT = new URL('../output/pictures/', import.meta.url);

/** Pictures are kept at half their size, and compared in cells of so many pixels of that. */
const CELL = 4;
/** How far the mean colour of a cell may be off, of 255: another browser draws the same letter with other edges. */
const COLOR = 40;
/** How many of 10,000 cells may be off by more. Text without subpixel positions comes to 24, a line 2 px lower to 180. */
const CELLS_PER_10000 = 30;
/** How far a pixel in an even line may be off, and how many of 10,000: moved underlines come to 39, another shade of the bars to 62. */
const TINT = 24;
const TINTED_PER_10000 = 50;
/** How many pixels wider or higher a picture may be. */
const PIXELS = 3;

interface Comparison {
  /** Cells that are off, of 10,000. */
  off: number;
  /** Pixels of another colour in even areas, of 10,000. */
  tinted: number;
  size: [number, number];
  /** Expected on the left, actual on the right; as PNG in base64. */
  sideBySide: string;
}

/**
 * Compares a screenshot with the picture of that name. `UPDATE_PICTURES=1` takes it as the picture instead.
 *
 * @param painter an empty page that does the arithmetic
 * @returns what is wrong, and where to look; empty if nothing is
 */
export async function compareWithPicture(painter: Page, name: string, screenshot: Uint8Array): Promise<string> {
  const actual = Buffer.from(screenshot).toString('base64');
  const path = new URL(`${name}.webp`, EXPECTED);
  if (process.env.UPDATE_PICTURES === '1') {
    await save(path, await painter.evaluate(shrink, actual));
    return '';
  }
  const expected = await readFile(path, 'base64').catch(() => '');
  if (!expected) return `${name}: there is no picture yet; UPDATE_PICTURES=1 makes one`;
  const limits = { cell: CELL, color: COLOR, tint: TINT };
  const { off, tinted, size, sideBySide } = await painter.evaluate(compare, expected, actual, limits);
  const alike = off <= CELLS_PER_10000 && tinted <= TINTED_PER_10000;
  if (alike && size.every((difference) => difference <= PIXELS)) return '';
  const output = new URL(`${name}.png`, OUTPUT);
  await save(output, sideBySide);
  return (
    `${name}: ${off.toFixed(1)} of 10,000 cells and ${tinted.toFixed(1)} of 10,000 even pixels differ, ` +
    `size by ${size.join(' and ')} px. See ${fileURLToPath(output)}`
  );
}

async function save(path: URL, base64: string): Promise<void> {
  await mkdir(dirname(fileURLToPath(path)), { recursive: true });
  await writeFile(path, base64, 'base64');
}

/** Runs in the page. */
async function shrink(png: string): Promise<string> {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width >> 1, image.height >> 1];
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.75).split(',')[1]!;
}

/** Runs in the page. */
async function compare(
  webp: string,
  png: string,
  { cell, color, tint }: { cell: number; color: number; tint: number },
): Promise<Comparison> {
  const load = async (type: string, data: string): Promise<ImageBitmap> =>
    createImageBitmap(await (await fetch(`data:image/${type};base64,${data}`)).blob());
  const draw = (image: ImageBitmap, width: number, height: number): CanvasRenderingContext2D => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    return context;
  };
  const [left, right] = await Promise.all([load('webp', webp), load('png', png)]);
  const before = draw(left, left.width, left.height);
  const now = draw(right, right.width >> 1, right.height >> 1);
  const width = Math.min(before.canvas.width, now.canvas.width);
  const height = Math.min(before.canvas.height, now.canvas.height);
  /** Mean colour of each cell. */
  const cells = (context: CanvasRenderingContext2D): Float64Array => {
    const columns = Math.floor(width / cell);
    const means = new Float64Array(columns * Math.floor(height / cell) * 3);
    const { data } = context.getImageData(0, 0, width, height);
    for (let y = 0; y < Math.floor(height / cell) * cell; y++) {
      for (let x = 0; x < columns * cell; x++) {
        const mean = (Math.floor(y / cell) * columns + Math.floor(x / cell)) * 3;
        for (let channel = 0; channel < 3; channel++) {
          means[mean + channel]! += data[(y * width + x) * 4 + channel]! / cell ** 2;
        }
      }
    }
    return means;
  };
  const [one, two] = [cells(before), cells(now)];
  let off = 0;
  for (let at = 0; at < one.length; at += 3) {
    if ([0, 1, 2].some((channel) => Math.abs(one[at + channel]! - two[at + channel]!) > color)) off++;
  }
  const pixels = [before, now].map((context) => context.getImageData(0, 0, width, height).data) as [
    ImageData['data'],
    ImageData['data'],
  ];
  /** Its neighbours in the line are as it is. */
  const isEven = (data: ImageData['data'], at: number): boolean =>
    [-8, -4, 4, 8].every((step) =>
      [0, 1, 2].every((channel) => Math.abs(data[at + channel]! - (data[at + step + channel] ?? -99)) < 8),
    );
  let tinted = 0;
  for (let at = 0; at < width * height * 4; at += 4) {
    const differs = [0, 1, 2].some((channel) => Math.abs(pixels[0][at + channel]! - pixels[1][at + channel]!) > tint);
    if (differs && isEven(pixels[0], at) && isEven(pixels[1], at)) tinted++;
  }
  const both = document.createElement('canvas');
  both.width = before.canvas.width + now.canvas.width + 16;
  both.height = Math.max(before.canvas.height, now.canvas.height);
  const context = both.getContext('2d')!;
  context.drawImage(before.canvas, 0, 0);
  context.drawImage(now.canvas, before.canvas.width + 16, 0);
  return {
    off: (off / (one.length / 3)) * 10_000,
    tinted: (tinted / (width * height)) * 10_000,
    size: [Math.abs(before.canvas.width - now.canvas.width), Math.abs(before.canvas.height - now.canvas.height)],
    sideBySide: both.toDataURL('image/png').split(',')[1]!,
  };
}
