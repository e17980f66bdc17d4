/** AC-70: the guide's programs work against the SDK and the reference server. */
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { AuraClient, configure } from '@aura-jobs/sdk';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { severalJobsSample, subscribeSample } from './guide-programs.ts';
import { eventually } from '../support/eventually.ts';

let server: TestServer;
let client: AuraClient;
let browser: Browser;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer({ AURA_CONCURRENCY: '8' })]);
  client = new AuraClient({ baseUrl: server.url });
  configure({ baseUrl: server.url });
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function simulate(inputs: Record<string, unknown>): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

test('subscribe, then cancel', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const fault = vi.spyOn(console, 'error').mockImplementation(() => {});
  const jobId = await simulate({ seconds: 60, eventsPerSecond: 50 });

  const { cancel, unsubscribe } = subscribeSample(jobId);
  await eventually(() => log.mock.calls.length >= 3);
  await cancel();
  await expect(client.watch(jobId).done).rejects.toMatchObject({ code: 'Cancelled' });
  unsubscribe();

  expect(log.mock.calls[0]).toEqual(['Progress:', expect.any(Number), '%']);
  expect(fault).not.toHaveBeenCalled();
});

test('a job that completes tells its output; one that fails its message', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const fault = vi.spyOn(console, 'error').mockImplementation(() => {});

  subscribeSample(await simulate({ events: 5, eventsPerSecond: 0 }));
  subscribeSample(await simulate({ events: 5, eventsPerSecond: 0, failAt: 2 }));
  await eventually(() => log.mock.calls.some(([text]) => text === 'Job completed!') && fault.mock.calls.length > 0);

  expect(fault.mock.calls).toEqual([['Job failed:', expect.stringContaining('asked to fail')]]);
});

test('three jobs at once', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const jobs = await Promise.all([1, 2, 3].map(() => simulate({ events: 30, eventsPerSecond: 100 })));

  const cleanUp = severalJobsSample(jobs);
  const ended = (): boolean =>
    jobs.every((job) => log.mock.calls.some(([name, type]) => name === `Job ${job}:` && type === 'job-completed'));
  await eventually(ended);
  cleanUp();

  for (const [name, , data] of log.mock.calls as [string, string, { jobId?: string }][]) {
    if (data.jobId) expect(name).toBe(`Job ${data.jobId}:`);
  }
});

test('the React component with the hook', async () => {
  const host = await serveApp(new URL('./guide-job-monitor.tsx', import.meta.url));
  try {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 100 });
    const { page, faults } = await openPage(browser);
    await page.goto(`${host.url}/?server=${encodeURIComponent(server.url)}&job=${jobId}`);
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);

    await page.click('button');
    await page.waitForFunction(() => document.querySelector('p')!.textContent === 'Status: Canceled');

    expect(await page.$('button')).toBeNull();
    await page.evaluate(() => (window as unknown as { unmount: () => void }).unmount());
    expect(faults).toEqual([]);
    await page.close();
  } finally {
    await host.close();
  }
});
