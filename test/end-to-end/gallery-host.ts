/** Serves the gallery as the reference server does, and opens it in the look that a test wants. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { openPage } from '../support/launch-browser.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

const PAGES = fileURLToPath(new URL('../../reference-server/public', import.meta.url));
/** Fonts by weight, for tests that want the same letters everywhere. */
const FONTS: Record<string, string> = {
  400: '400Regular/Inter_400Regular',
  500: '500Medium/Inter_500Medium',
  600: '600SemiBold/Inter_600SemiBold',
  700: '700Bold/Inter_700Bold',
};
const INTER = fileURLToPath(new URL('.', import.meta.resolve('@expo-google-fonts/inter/package.json')));
const ELEMENTS = fileURLToPath(new URL('../../elements/dist/cdn', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
  '.ttf': 'font/ttf',
};

export function serveGallery(): Promise<ScriptedServer> {
  return startScriptedServer(({ url }, response) => {
    const { pathname } = new URL(url!, 'http://gallery');
    const file = fileOf(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    readFile(file).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
}

function fileOf(path: string): string {
  const [, folder, name = ''] = path.split('/');
  if (folder === 'elements') return join(ELEMENTS, path.slice('/elements'.length));
  return folder === 'inter' ? join(INTER, `${FONTS[name.slice(0, 3)]}.ttf`) : join(PAGES, path);
}

/** How the gallery is looked at: its own modes, and forced colours, which only a browser can bring. */
export const LOOKS = ['light', 'dark', 'rtl', 'narrow', 'forced'] as const;
export type Look = (typeof LOOKS)[number];

/** A page of the gallery on which nothing moves and every story is shown. */
export async function openGallery(
  browser: Browser,
  { url, look, story = '' }: { url: string; look: Look; story?: string },
): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await openPage(browser);
  await page.emulateTimezone('UTC');
  const devtools = await page.createCDPSession();
  await devtools.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-reduced-motion', value: 'reduce' },
      ...(look === 'forced' ? [{ name: 'forced-colors', value: 'active' }] : []),
    ],
  });
  if (look === 'narrow' && story) await page.setViewport({ width: 320, height: 900 });
  const mode = look === 'forced' ? 'light' : look;
  await page.goto(`${url}/gallery/?${new URLSearchParams({ mode, story }).toString()}`);
  await page.waitForSelector('[data-ready]');
  return { page, faults };
}
