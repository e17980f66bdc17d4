/** A page without a bundler gets another language by a second script tag. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

const FILES = new URL('../../elements/dist/cdn/', import.meta.url);
const ELEMENTS = '<script type="module" src="/aura-jobs.js"></script>';

let browser: Browser;
let host: ScriptedServer;
let page = '';

beforeAll(async () => {
  browser = await launchBrowser();
  host = await startScriptedServer(({ url }, response) => {
    const html = url === '/';
    response.setHeader('content-type', html ? 'text/html' : 'text/javascript');
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; connect-src 'self'");
    if (html) return void response.end(page);
    void readFile(new URL(`.${url}`, FILES)).then((code) => response.end(code));
  });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

async function languageTag(tag: string): Promise<string> {
  const { integrity } = JSON.parse(await readFile(new URL(`locales/${tag}.sri.json`, FILES), 'utf8')) as {
    integrity: string;
  };
  return `<script type="module" src="/locales/${tag}.js" integrity="${integrity}"></script>`;
}

test.each(['after', 'before'])('the language may be loaded %s the elements, with its hash', async (order) => {
  const german = await languageTag('de');
  page = `<!doctype html><html lang="de"><title>Partner</title><link rel="icon" href="data:,">
    ${order === 'after' ? ELEMENTS + german : german + ELEMENTS}<aura-render-status></aura-render-status>`;
  const { page: tab, faults } = await openPage(browser);
  await tab.goto(host.url);

  await tab.waitForFunction(() =>
    document.querySelector('aura-render-status')?.shadowRoot?.textContent.includes('Noch kein Auftrag'),
  );

  expect(faults.filter((fault) => !fault.includes('data:,'))).toEqual([]);
  // The elements' own global, if any, is out of the page's way.
  expect(await tab.evaluate(() => Object.keys(globalThis).filter((name) => /aura/i.test(name)))).toEqual([]);
  await tab.close();
});

test.each(['ar', 'de', 'es', 'fr', 'ja', 'pt-BR', 'zh-CN'])('%s is a small file with a true hash', async (tag) => {
  const code = await readFile(new URL(`locales/${tag}.js`, FILES));
  const sri = JSON.parse(await readFile(new URL(`locales/${tag}.sri.json`, FILES), 'utf8')) as {
    integrity: string;
    bytes: { brotli: number };
  };

  expect(sri.integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`);
  expect(sri.bytes.brotli).toBeLessThan(4000);
});
