/** The keyless default for pictures: designed cards with the scene's heading, drawn from vectors. */
import { renderAsync } from '@resvg/resvg-js';
import { createSeededRandom, type SeededRandom } from '../../seeded-random.ts';
import type { VisualsProvider, VisualsRequest } from '../visuals-provider.ts';
import { cardSvg, type CardContent } from './card-svg.ts';
import { COMPOSITIONS } from './compositions.ts';
import { fontFile, FontMetrics } from './font.ts';
import { PALETTES } from './palettes.ts';

export function createCardDesigner(): VisualsProvider {
  return { name: 'Card designer', draw: drawCards };
}

async function* drawCards({ spec, script, signal, warn }: VisualsRequest): AsyncGenerator<Uint8Array> {
  const { width, height } = spec.render;
  const fonts = { heavy: new FontMetrics(800), medium: new FontMetrics(500) };
  // Only the font we bring: the same card on every machine.
  const fontFiles = [fontFile(500), fontFile(800)];
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' };
  const random = createSeededRandom(JSON.stringify([spec.brief, spec.plan.style]));
  const palettes = inTurn(PALETTES, random);
  const compositions = inTurn(COMPOSITIONS, random);
  let hasWarned = false;
  /** Text without what the font lacks, which would show as empty boxes. */
  const drawable = (text: string, substitute: string): string => {
    const characters = [...text];
    const known = characters.filter((character) => fonts.heavy.has(character));
    if (known.length < characters.length && !hasWarned) {
      warn('Some characters cannot be drawn on the cards and are left out: the font covers Latin, Greek and Cyrillic.');
      hasWarned = true;
    }
    return known.join('').replace(/\s+/g, ' ').trim() || substitute;
  };
  const title = drawable(script.title, '');
  for (const [index, scene] of script.scenes.entries()) {
    const heading = drawable(scene.heading, `Scene ${index + 1}`);
    // The first card is the video's title page.
    const isTitlePage = index === 0 && title !== '';
    const content: CardContent = {
      headline: isTitlePage ? title : heading,
      label: isTitlePage ? heading : title,
      number: index + 1,
      of: script.scenes.length,
    };
    const style = { width, height, palette: palettes(), composition: compositions(), random };
    const image = await renderAsync(cardSvg(content, style, fonts), { font });
    signal.throwIfAborted();
    yield image.asPng();
  }
}

/** One item after the other in a seeded order, so that all appear before any returns and none comes twice in a row. */
function inTurn<T>(items: readonly T[], random: SeededRandom): () => T {
  const order = random.shuffle(items);
  let next = 0;
  return () => order[next++ % order.length]!;
}
