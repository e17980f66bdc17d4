/** A stranger's page, on another origin, embeds the elements with one script tag. */
import { createHash } from 'node:crypto';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.each([
  ['with any policy of Trusted Types', ''],
  ['with only one of our name', '; trusted-types aura-lit-html'],
])('the tag loaded twice, under a strict policy %s, shows the job and its result', async (_name, policies) => {
  const client = new AuraClient({ baseUrl: server.url });
  const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { events: 30, eventsPerSecond: 60 } });
  const tag = `<script type="module" src="${server.url}/elements/aura-jobs.js"></script>`;
  const again = `<script type="module" src="${server.url}/elements/aura-jobs.js?again"></script>`;
  const host = await startScriptedServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; media-src ${server.url}; require-trusted-types-for 'script'${policies}`,
    );
    response.end(`<!doctype html><title>Partner</title>${tag}${again}
      <aura-job-progress base-url="${server.url}" job-id="${jobId}"></aura-job-progress>
      <aura-render-status base-url="${server.url}" job-id="${jobId}"></aura-render-status>`);
  });
  try {
    const { page, faults } = await openPage(browser);
    await page.evaluateOnNewDocument(() => Object.assign(globalThis, { own: Object.keys(globalThis) }));
    await page.goto(host.url);
    await page.waitForFunction(() =>
      ['aura-job-progress', 'aura-render-status'].every((name) =>
        document
          .querySelector(name)
          ?.shadowRoot?.querySelector('[role=progressbar][aria-valuenow="100"], h2')
          ?.outerHTML.match(/100|ready/i),
      ),
    );

    // A page without an icon asks for one, which is not the elements' doing. A second policy of one name is reported by the browser itself.
    const expected = (fault: string): boolean =>
      fault.includes('favicon') || (policies !== '' && fault.startsWith('Creating a TrustedTypePolicy'));
    expect(faults.filter((fault) => !expected(fault))).toEqual([]);
    // Lit needs its one, and leaves it alone where it is.
    const added = await page.evaluate(() => {
      const own = new Set((globalThis as unknown as { own: string[] }).own);
      return Object.keys(globalThis).filter((name) => !own.has(name) && !/^own$|puppeteer|QuerySelector/.test(name));
    });
    expect(added).toEqual(['litPropertyMetadata']);
    await page.close();
  } finally {
    await host.close();
  }
});

test('the integrity hash that the build writes is the file’s', async () => {
  const [code, { integrity }] = await Promise.all([
    fetch(`${server.url}/elements/aura-jobs.js`).then((response) => response.text()),
    fetch(`${server.url}/elements/aura-jobs.sri.json`).then(
      (response) => response.json() as Promise<{ integrity: string }>,
    ),
  ]);

  expect(integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`);
});
