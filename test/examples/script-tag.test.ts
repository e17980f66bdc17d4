/** What protects a partner's page: the policy that its server sends, and the hash in its script tag. */
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { serveExample } from './example-app.ts';

let browser: Browser;
let server: TestServer;
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer()]);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the policy allows the page’s own files, and of the API one file, data and media', async () => {
  const partner = await serveExample('script-tag', server.url);
  open.push(partner);
  const response = await fetch(partner.url);
  const policy = response.headers.get('content-security-policy')!.split('; ');

  expect(new URL(partner.url).origin).not.toBe(new URL(server.url).origin);
  expect(policy).toEqual([
    "default-src 'none'",
    expect.stringMatching(/^script-src 'self' 'sha384-[\w+/=]{64}'$/),
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${server.url}`,
    `media-src ${server.url}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types aura-lit-html',
  ]);
});

test.each([
  ['as it was built', '', true],
  ['changed by one character', ' ', false],
])('the file of the API, %s', async (_case, more, runs) => {
  const code = await (await fetch(`${server.url}/elements/aura-jobs.js`)).text();
  const api = await startScriptedServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/elements/aura-jobs.js') {
      return void response.setHeader('content-type', 'text/javascript').end(code + more);
    }
    response.setHeader('content-type', 'application/json').end('{"jobs":[]}');
  });
  const partner = await serveExample('script-tag', api.url);
  const { page, faults } = await openPage(browser);
  open.push(page, partner, api);
  await page.goto(partner.url, { waitUntil: 'networkidle0' });

  expect(await page.evaluate(() => Boolean(customElements.get('aura-client')))).toBe(runs);
  expect(faults).toEqual(runs ? [] : [expect.stringMatching(/valid digest in the 'integrity' attribute/)]);
});
