/** The gallery: every story is shown in every look, and axe finds nothing in any of them. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { findFaults, loadAxe } from './axe.ts';
import { LOOKS, openGallery, serveGallery } from './gallery-host.ts';

let browser: Browser;
let host: ScriptedServer;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchBrowser(), serveGallery()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

// As text, because the test runner rewrites what it reads as an import.
const NAME_DIALOGS = `import('/gallery/stories.js').then(({ stories }) =>
  stories.filter(({ modal }) => modal).map(({ id }) => id))`;

const showAlone = (id: string): string => `(async () => {
  const { stories } = await import('/gallery/stories.js');
  const { showStory } = await import('/gallery/show-story.js');
  const place = document.getElementById('stories');
  place.replaceChildren();
  await showStory(stories.find(({ id }) => id === '${id}'), place);
})()`;

/** Runs in the page. */
function overflowsDialog(): boolean {
  const { shadowRoot } = document.querySelector('#stories > *')!;
  return [...shadowRoot!.querySelectorAll('dialog[open]')].some(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
  );
}

/** Shows the stories that cover the page one after the other. @returns what axe found, by story */
async function lookAtDialogs(page: Page): Promise<string[]> {
  const ids = (await page.evaluate(NAME_DIALOGS)) as string[];
  const faults: string[] = [];
  for (const id of ids) {
    await page.evaluate(showAlone(id));
    faults.push(...(await findFaults(page, '#stories')).map((fault) => `${id}: ${fault}`));
    if (await page.evaluate(overflowsDialog)) faults.push(`${id}: its words run out of the dialog`);
  }
  expect(ids.length).toBeGreaterThan(30);
  return faults;
}

describe.each(LOOKS)('%s', (look) => {
  test('shows every story without a fault, and axe finds nothing', { timeout: 180_000 }, async () => {
    const { page, faults } = await openGallery(browser, { url: host.url, look });
    const shown = await page.$$eval('figure', (figures) => figures.length);
    const empty = await page.$$eval('figure', (figures) =>
      figures.filter((figure) => figure.childElementCount < 2).map(({ textContent }) => textContent),
    );
    await loadAxe(page);

    expect(shown).toBeGreaterThan(150);
    expect(empty).toEqual([]);
    expect(await findFaults(page, 'body')).toEqual([]);
    expect(await lookAtDialogs(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});

test('the reference server serves gallery and themes', async () => {
  const server = await startReferenceServer();
  const { page, faults } = await openPage(browser);
  for (const path of ['/gallery/?story=aura-job-progress/bar', '/themes/']) {
    await page.goto(server.url + path);
    await page.waitForSelector('[data-ready] aura-job-progress');
  }
  await page.close();
  await server.stop();

  expect(faults).toEqual([]);
});

test('nothing is wider than 320 px where there is no more room', async () => {
  const { page } = await openGallery(browser, { url: host.url, look: 'narrow' });

  const wide = await page.$$eval('figure > [variant], figure > aura-job-progress', (elements) =>
    elements
      .flatMap((element) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part~=base]')])
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth || clientWidth > 320)
      .map((base) => (base.getRootNode() as ShadowRoot).host.closest('figure')!.textContent),
  );

  expect(wide).toEqual([]);
  await page.close();
});

describe('themes', () => {
  test('are made of custom properties alone, at least six', async () => {
    const css = await readFile(new URL('../../reference-server/public/themes/looks.css', import.meta.url), 'utf8');
    const looks = [...css.replace(/\/\*.*?\*\//gs, '').matchAll(/\.([a-z]+) \{([^}]*)\}/g)];

    expect(looks.length).toBeGreaterThanOrEqual(6);
    for (const [, name, body] of looks) {
      const properties = [...body!.matchAll(/^\s*([\w-]+):/gm)].map(([, property]) => property!);
      for (const property of properties) expect(property, name).toMatch(/^--(aura|stage)/);
    }
  });

  test('can all be read', { timeout: 120_000 }, async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${host.url}/themes/`);
    await page.waitForSelector('[data-ready]');
    await loadAxe(page);

    expect(await page.$$eval('section', (sections) => sections.length)).toBeGreaterThanOrEqual(6);
    expect(await findFaults(page, 'body')).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});
