/** A stranger's page shows all jobs of a person, over one connection, with one script tag under a strict policy. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

let browser: Browser;
let server: TestServer;
let host: ScriptedServer;
let client: AuraClient;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer()]);
  client = new AuraClient({ baseUrl: server.url });
  host = await startScriptedServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; media-src ${server.url}; require-trusted-types-for 'script'`,
    );
    response.end(`<!doctype html><html lang="en"><title>Partner</title>
      <script type="module" src="${server.url}/elements/aura-jobs.js"></script>
      <aura-client base-url="${server.url}"><aura-job-list></aura-job-list></aura-client>`);
  });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
});

/** Rows of the list, as state and name of the class that its icon and colour hang on. */
const states = (page: Page): Promise<string[]> =>
  page.$$eval('aura-job-list >>> [part~=job]', (rows) => rows.map(({ classList }) => classList[1]!));

/** Paths of the streams that a page opens, without what a browser asks first across origins. */
function streamsOf(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' && pathname.endsWith('/events')) paths.push(pathname);
  });
  return paths;
}

test('follows all jobs over one stream, cancels a choice of them, clears them', async () => {
  const create = (inputs: Record<string, unknown>) => client.jobs.create({ preset: 'simulated', inputs });
  for (let job = 0; job < 4; job++) await create({ events: 30, eventsPerSecond: 30 });
  for (let job = 0; job < 2; job++) await create({ seconds: 120, hold: true });
  const { page, faults } = await openPage(browser);
  const streams = streamsOf(page);
  await page.goto(host.url);
  await page.waitForFunction(
    () => {
      const rows = document.querySelector('aura-job-list')?.shadowRoot?.querySelectorAll('.job.Succeeded');
      return rows?.length === 4;
    },
    { timeout: 20_000 },
  );
  expect(streams).toEqual(['/api/events']);

  await page.click('aura-job-list >>> .tools .check');
  await page.click('aura-job-list >>> .tools [part~=cancel-button]');
  await page.click('aura-job-list >>> dialog[open] [part~=danger-button]');
  await page.waitForFunction(
    () => document.querySelector('aura-job-list')!.shadowRoot!.querySelectorAll('.job.Canceled').length === 2,
  );
  expect((await states(page)).sort()).toEqual([...Array(2).fill('Canceled'), ...Array(4).fill('Succeeded')]);

  await page.click('aura-job-list >>> [part~=clear-button]');
  await page.click('aura-job-list >>> dialog[open] [part~=danger-button]');
  await page.waitForFunction(
    () => document.querySelector('aura-job-list')!.shadowRoot!.querySelectorAll('.job').length === 0,
  );
  expect(await client.jobs.list()).toEqual([]);
  expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
  await page.close();
});

test('opens a job beside the list without another stream for it', async () => {
  const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { seconds: 60, eventsPerSecond: 5 } });
  await client.jobs.create({ preset: 'simulated', inputs: { seconds: 60, eventsPerSecond: 5 } });
  const { page, faults } = await openPage(browser);
  const streams = streamsOf(page);
  await page.goto(host.url);
  await page.waitForSelector(`aura-job-list >>> [data-id="${jobId}"]`);
  await page.click(`aura-job-list >>> [data-id="${jobId}"] .name`);
  await page.waitForSelector('aura-job-list >>> aura-render-status >>> dialog[open] [part~=steps]');
  await page.keyboard.press('Escape');
  await page.waitForFunction(
    () =>
      !document.querySelector('aura-job-list')!.shadowRoot!.querySelector('aura-render-status')!.hasAttribute('open'),
  );

  const focused = await page.$eval(
    'aura-job-list',
    ({ shadowRoot }) => shadowRoot!.activeElement?.closest<HTMLElement>('li')?.dataset.id,
  );
  expect(focused).toBe(jobId);
  expect(streams).toEqual(['/api/events']);
  expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
  await page.close();
});
