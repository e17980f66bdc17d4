/** The React bindings with the real React, in a real browser, against the real server. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { serveApp } from '../../support/app-host.ts';
import { launchBrowser, openPage } from '../../support/launch-browser.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: TestServer;
let host: ScriptedServer;
let browser: Browser;

beforeAll(async () => {
  [browser, server, host] = await Promise.all([
    launchBrowser(),
    startReferenceServer({ AURA_CONCURRENCY: '4' }),
    serveApp(new URL('./jobs-app.tsx', import.meta.url)),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
});

test('useJob and useJobs follow jobs over one connection each, and let go when nobody shows them', async () => {
  const client = new AuraClient({ baseUrl: server.url });
  const inputs = { seconds: 60, eventsPerSecond: 40 };
  const jobs = await Promise.all([1, 2].map(() => client.jobs.create({ preset: 'simulated', inputs })));
  const { page, faults } = await openPage(browser);
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().endsWith('/events')) streams.push(request.url());
  });
  const query = new URLSearchParams([['server', server.url], ...jobs.map(({ jobId }) => ['job', jobId])]);
  await page.goto(`${host.url}/?${query}`);

  await page.waitForFunction(() => {
    const [a, b, none, empty] = [...document.querySelectorAll<HTMLElement>('.one')];
    return (
      Number(a?.textContent) >= 1 &&
      b?.textContent === a?.textContent &&
      none?.dataset.status === 'none' &&
      empty?.dataset.status === 'none' &&
      a?.dataset.connection === 'open'
    );
  });
  await page.waitForFunction(() => document.querySelector('.all')?.textContent === 'Running Running');
  // StrictMode mounts everything twice: that opens and closes once more, but never two at a time for one job.
  expect(streams.length).toBeLessThanOrEqual(4);

  await page.click('button');
  const before = await page.evaluate(() => (window as unknown as { renders: () => number }).renders());
  const { jobId } = jobs[0]!;
  const percent = (await client.jobs.get(jobId)).percent;
  const watcher = client.watch(jobId);
  for await (const job of watcher) if (job.percent > percent) break;
  expect(await page.evaluate(() => (window as unknown as { renders: () => number }).renders())).toBe(before);

  await page.click('button');
  await page.waitForFunction((least) => Number(document.querySelector('.one')?.textContent) >= least, {}, percent);
  await client.jobs.cancel(jobId);
  await page.waitForFunction(() => document.querySelector('.all')?.textContent === 'Canceled Running');
  await client.jobs.cancel(jobs[1]!.jobId);
  expect(faults).toEqual([]);
  await page.close();
});
