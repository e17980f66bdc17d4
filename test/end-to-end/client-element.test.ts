/** `<aura-client>` with each transport, against a real server, under a strict policy on another origin. */
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

for (const transport of ['sse', 'auto', 'websocket', 'polling']) {
  test(`transport="${transport}" brings a job to its end`, async () => {
    const client = new AuraClient({ baseUrl: server.url });
    const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { events: 20, eventsPerSecond: 40 } });
    const sources = `${server.url} ${server.url.replace('http', 'ws')}`;
    const host = await startScriptedServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src ${server.url}; connect-src ${sources}; require-trusted-types-for 'script'`,
      );
      response.end(`<!doctype html><html lang="en"><title>Partner</title>
        <script type="module" src="${server.url}/elements/aura-jobs.js"></script>
        <aura-client base-url="${server.url}" transport="${transport}">
          <aura-job-progress job-id="${jobId}"></aura-job-progress>
        </aura-client>`);
    });
    try {
      const { page, faults } = await openPage(browser);
      await page.goto(host.url);
      await page.waitForFunction(
        () =>
          document.querySelector('aura-job-progress')?.shadowRoot?.querySelector('[role=progressbar]')?.ariaValueNow ===
          '100',
        { timeout: 15_000 },
      );

      expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
      await page.close();
    } finally {
      await host.close();
    }
  });
}
