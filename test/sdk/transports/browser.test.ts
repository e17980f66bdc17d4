/** The transports in a real browser, against the real server on another origin. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../../support/api.ts';
import { serveApp } from '../../support/app-host.ts';
import { launchBrowser, openPage } from '../../support/launch-browser.ts';
import { openRawStream } from '../../support/raw-stream.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import type { read } from './transports-app.ts';

let server: TestServer;
let host: ScriptedServer;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [browser, server, host] = await Promise.all([
    launchBrowser(),
    startReferenceServer({ AURA_CONCURRENCY: '4', AURA_STREAM_MAX_MS: '1000' }),
    serveApp(new URL('./transports-app.ts', import.meta.url)),
  ]);
  ({ page, faults } = await openPage(browser));
  await page.goto(`${host.url}/?server=${server.url}`);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
});

test.each(['webSocket', 'longPolling', 'auto', 'auto without streams'])('%s brings the log', async (transport) => {
  const inputs = { events: 100, eventsPerSecond: 50 };
  const { body } = await call(`${server.url}/api/jobs`, 'POST', { preset: 'simulated', inputs });
  const list = await page.evaluate(
    (name, jobId) => (globalThis as unknown as { read: typeof read }).read(name, jobId),
    transport,
    body.jobId as string,
  );
  const raw = await openRawStream(`${server.url}/api/jobs/${body.jobId}/events?replay=all`);
  await raw.ended;

  expect(list).toEqual(raw.events.map(({ id, event, data }) => `${id} ${event} ${JSON.stringify(data)}`));
  expect(faults).toEqual([]);
});
