/** The card's font: its files for the renderer, and the widths of its letters, which the renderer does not tell. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A weight of the font that cards use. */
export type FontWeight = 500 | 800;

const FILES: Readonly<Record<FontWeight, string>> = {
  500: '500Medium/Inter_500Medium.ttf',
  800: '800ExtraBold/Inter_800ExtraBold.ttf',
};

/** Absolute path of a weight's TrueType file. */
export function fontFile(weight: FontWeight): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${FILES[weight]}`);
}

/** Letter widths of one weight. */
export class FontMetrics {
  readonly #glyphs: ReadonlyMap<number, number>;
  readonly #advances: readonly number[];

  constructor(weight: FontWeight) {
    const file = readFileSync(fontFile(weight));
    const tables = readTables(file);
    const unitsPerEm = tables('head').readUInt16BE(18);
    const count = tables('hhea').readUInt16BE(34);
    const widths = tables('hmtx');
    this.#glyphs = readCharacterMap(tables('cmap'));
    this.#advances = Array.from({ length: count }, (_, glyph) => widths.readUInt16BE(glyph * 4) / unitsPerEm);
  }

  /** Whether the font has a glyph for the character. */
  has(character: string): boolean {
    return this.#glyphs.has(character.codePointAt(0)!);
  }

  /** Width of a line in pixels, without kerning, which would only make it narrower. */
  width(text: string, fontSize: number): number {
    let ems = 0;
    for (const character of text) {
      const glyph = this.#glyphs.get(character.codePointAt(0)!) ?? 0;
      // Glyphs after the last entry all have its width.
      ems += this.#advances[Math.min(glyph, this.#advances.length - 1)]!;
    }
    return ems * fontSize;
  }
}

/** The tables of a TrueType file by their tags. */
function readTables(file: Buffer): (tag: string) => Buffer {
  const entries = Array.from({ length: file.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  return (tag) => {
    const entry = entries.find((at) => file.toString('latin1', at, at + 4) === tag);
    if (entry === undefined) throw new RangeError(`The font has no table "${tag}".`);
    return file.subarray(file.readUInt32BE(entry + 8), file.readUInt32BE(entry + 8) + file.readUInt32BE(entry + 12));
  };
}

/** Code point → glyph, from the table's format 12, which covers all of Unicode. */
function readCharacterMap(cmap: Buffer): Map<number, number> {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4));
  const at = subtables.find((offset) => cmap.readUInt16BE(offset) === 12);
  if (at === undefined) throw new RangeError('The font has no full character map.');
  const glyphs = new Map<number, number>();
  for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
    const [first, last, glyph] = [0, 4, 8].map((part) => cmap.readUInt32BE(at + 16 + group * 12 + part)) as [
      number,
      number,
      number,
    ];
    for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
  }
  return glyphs;
}
