/** Photographs the gallery in every look and compares it with how it looked when somebody last looked at it. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/launch-browser.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { LOOKS, openGallery, serveGallery } from './gallery-host.ts';
import type { Look } from './gallery-host.ts';
import { compareWithPicture } from './pictures.ts';

/** All states of a variant in one picture. */
const SHEETS = [
  'aura-job-progress/bar',
  'aura-job-progress/ring',
  'aura-job-progress/compact',
  'aura-job-progress/minimal',
  'aura-render-status/card',
  'aura-render-status/inline',
  'aura-job-list/list',
];

/** What covers the page. */
const DIALOGS = [
  'aura-job-progress/bar/asking',
  'aura-render-status/drawer/running',
  'aura-render-status/drawer/failed',
  'aura-job-list/list/asking',
  'aura-job-list/list/opened',
];

/** The same letters on every machine; a video is drawn by the browser. */
const STYLE = `
  ${[400, 500, 600, 700].map((weight) => ['Inter', 'SF Mono'].map((name) => face(name, weight)).join('')).join('')}
  :root { --aura-font-family: Inter; }
  body { font-family: Inter; }
  ::part(video) { visibility: hidden; }
`;

let browser: Browser;
let host: ScriptedServer;
let painter: Page;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchBrowser(), serveGallery()]);
  painter = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

function face(family: string, weight: number): string {
  return `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(/inter/${weight}.ttf); }`;
}

async function photograph(look: Look, story: string): Promise<Uint8Array> {
  const { page } = await openGallery(browser, { url: host.url, look, story });
  await page.addStyleTag({ content: STYLE });
  // Arabic letters differ from machine to machine; the direction is what counts here.
  if (look === 'rtl') await page.evaluate(() => (document.documentElement.lang = 'en'));
  const dialog = DIALOGS.includes(story);
  const width = dialog ? (look === 'narrow' ? 320 : 900) : look === 'narrow' ? 1060 : 1400;
  await page.setViewport({ width, height: 700 });
  const height = await page.evaluate(async () => {
    await Promise.all(['400', '500', '600', '700'].map((weight) => document.fonts.load(`${weight} 1rem Inter`)));
    await document.fonts.ready;
    return document.documentElement.scrollHeight;
  });
  // All of it in sight, because elements paint nothing that is not.
  if (!dialog) await page.setViewport({ width, height });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  const screenshot = await page.screenshot({ optimizeForSpeed: true });
  await page.close();
  return screenshot;
}

describe.each(LOOKS)('%s', (look) => {
  test.each([...SHEETS, ...DIALOGS])('%s looks as it did', async (story) => {
    const screenshot = await photograph(look, story);

    expect(await compareWithPicture(painter, `${look}/${story.replaceAll('/', '-')}`, screenshot)).toBe('');
  });
});

test('a picture that is off by a few pixels or a colour fails', { timeout: 60_000 }, async () => {
  if (process.env.UPDATE_PICTURES === '1') return;
  const story = 'aura-job-progress/bar';
  for (const css of ['aura-job-progress { padding-block-start: 4px }', ':root { --aura-accent: #4b7fe7 }']) {
    const { page } = await openGallery(browser, { url: host.url, look: 'light', story });
    await page.addStyleTag({ content: STYLE + css });
    await page.setViewport({ width: 1400, height: 1700 });
    const height = await page.evaluate(async () => {
      await document.fonts.ready;
      return document.documentElement.scrollHeight;
    });
    await page.setViewport({ width: 1400, height });
    const screenshot = await page.screenshot({ optimizeForSpeed: true });
    await page.close();

    expect(await compareWithPicture(painter, 'light/aura-job-progress-bar', screenshot)).toMatch(/differ/);
  }
});
