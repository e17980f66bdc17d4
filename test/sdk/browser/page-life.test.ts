/** What happens to a page – no network, sleep, the back button, another tab in front – and to its stream. */
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { serveApp } from '../../support/app-host.ts';
import { startCountingProxy } from '../../support/counting-proxy.ts';
import type { CountingProxy } from '../../support/counting-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { launchBrowser } from '../../support/launch-browser.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { Tab } from './tabs.ts';

let server: TestServer;
let proxy: CountingProxy;
let host: ScriptedServer;
let browser: Browser;
let client: AuraClient;
let jobId: string;
let tab: Tab;

beforeAll(async () => {
  [browser, server, host] = await Promise.all([
    launchBrowser(),
    startReferenceServer({ AURA_CONCURRENCY: '16' }),
    serveApp(new URL('./tab-app.ts', import.meta.url)),
  ]);
  client = new AuraClient({ baseUrl: server.url });
});

beforeEach(async () => {
  proxy = await startCountingProxy(server.url);
  const inputs = { seconds: 60, eventsPerSecond: 20 };
  ({ jobId } = await client.jobs.create({ preset: 'simulated', inputs }));
});

afterEach(async () => {
  await tab.page.close();
  await proxy.close();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
});

const urlOf = (mode: string, job = jobId): string =>
  `${host.url}/?${new URLSearchParams({ server: proxy.url, mode, job })}`;

async function open(mode: string): Promise<void> {
  tab = await Tab.open(browser, urlOf(mode));
  await tab.noted('percents', 3);
}

const statuses = async (): Promise<string[]> => (await tab.notes('states')).map(({ status }) => status);
const newest = async (): Promise<number> => (await tab.notes('percents')).at(-1)!.percent;

/** Waits until the page shows something newer. */
async function goesOn(): Promise<void> {
  const { length } = await tab.notes('percents');
  await tab.noted('percents', length + 3);
}

/** No number was ever shown after a higher one. */
async function expectNoRegress(): Promise<void> {
  const percents = (await tab.notes('percents')).map(({ percent }) => percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
}

test('without a network it is offline, and comes back by itself without having used an attempt', async () => {
  await open('watch');
  const session = await tab.page.createCDPSession();
  const network = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send('Network.enable');
  for (let outage = 1; outage <= 2; outage++) {
    await session.send('Network.emulateNetworkConditions', { ...network, offline: true });
    await eventually(async () => (await statuses()).filter((status) => status === 'offline').length === outage);
    await session.send('Network.emulateNetworkConditions', { ...network, offline: false });
    await eventually(async () => (await statuses()).at(-1) === 'open');
    await goesOn();
  }

  expect(await tab.notes('attempts')).toBe(0);
  expect(await statuses()).not.toContain('reconnecting');
  await expectNoRegress();
});

test('frozen it holds no connection; awake it goes on', async () => {
  await open('watch');
  await tab.send('Page.setWebLifecycleState', { state: 'frozen' });
  await eventually(() => proxy.open.length === 0);
  await tab.send('Page.setWebLifecycleState', { state: 'active' });
  await goesOn();

  expect(await statuses()).toContain('offline');
  expect((await statuses()).at(-1)).toBe('open');
  expect(await tab.notes('attempts')).toBe(0);
  await expectNoRegress();
});

test('hidden it keeps its stream', async () => {
  await open('watch');
  const session = await tab.page.createCDPSession();
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
  await tab.page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 20 });
  await goesOn();

  expect(await statuses()).toEqual(['connecting', 'open']);
  expect(proxy.streams.length).toBe(1);
  expect(tab.faults).toEqual([]);
});

test('left and come back to by the back button, it holds no connection meanwhile and goes on', async () => {
  await open('watch');
  const before = await newest();
  await tab.page.goto('about:blank');
  await eventually(() => proxy.open.length === 0);
  await tab.page.goBack();
  await tab.noted('percents', 1);

  expect(await newest()).toBeGreaterThanOrEqual(before);
  await eventually(() => proxy.open.length === 1);
});

// Headless Chromium keeps no page in its back/forward cache, so the page is told what a browser that does would tell.
test('in the back/forward cache it holds neither connection nor lock; restored it goes on', async () => {
  await open('watch');
  await tab.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await eventually(() => proxy.open.length === 0);
  expect((await statuses()).at(-1)).toBe('offline');
  expect(await tab.page.evaluate(async () => (await navigator.locks.query()).held!.length)).toBe(0);
  await tab.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await goesOn();

  expect((await statuses()).at(-1)).toBe('open');
  expect(await tab.notes('attempts')).toBe(0);
  await expectNoRegress();
});

test('AC-59 reloaded it finds its job again within a second, with the same number or more', async () => {
  await open('remember');
  for (let reload = 0; reload < 3; reload++) {
    await goesOn();
    const before = await newest();
    await tab.page.reload();
    await tab.noted('percents', 1);
    const [first] = await tab.notes('percents');
    const begunAt = await tab.page.evaluate(() => performance.timeOrigin);

    expect(first!.jobId).toBe(jobId);
    expect(first!.percent).toBeGreaterThanOrEqual(before);
    expect(first!.at - begunAt).toBeLessThan(1000);
    await expectNoRegress();
    console.info(`reload: ${before} % before, ${first!.percent} % after ${Math.round(first!.at - begunAt)} ms`);
  }
  await client.jobs.cancel(jobId);
  await eventually(async () => (await tab.page.evaluate(() => localStorage.length)) === 0);
});

test('with storage that throws it works, and remembers nothing', async () => {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  const faults: unknown[] = [];
  page.on('pageerror', (error) => faults.push(error));
  tab = new Tab(page, []);
  await page.goto(urlOf('remember'));
  await tab.noted('percents', 3);

  expect(
    await page.evaluate(() => (window as unknown as { notes: { remembered(): string[] } }).notes.remembered()),
  ).toEqual([jobId]);
  expect(faults).toEqual([]);
});

test('in a sandboxed frame without an origin it works, with a connection of its own', async () => {
  tab = await Tab.open(browser, 'about:blank');
  await tab.page.goto(`${host.url}/nothing?mode=none`);
  const code = await (await fetch(`${host.url}/app.js`)).text();
  await tab.page.evaluate(
    (script, query) => {
      const frame = document.createElement('iframe');
      frame.sandbox.add('allow-scripts');
      frame.srcdoc = `<script type="module">const location = { search: '${query}' };${script}</script>`;
      document.body.append(frame);
    },
    code,
    new URL(urlOf('remember')).search,
  );
  const frame = await eventually(() => tab.page.frames().find((one) => one.url() === 'about:srcdoc'));
  await frame!.waitForFunction(
    () => ((window as unknown as { notes?: { percents: unknown[] } }).notes?.percents.length ?? -1) >= 3,
    { polling: 20 },
  );

  expect(await frame!.evaluate(() => window.origin)).toBe('null');
  expect(
    await frame!.evaluate(() => (window as unknown as { notes: { remembered(): string[] } }).notes.remembered()),
  ).toEqual([jobId]);
  expect(proxy.open.length).toBe(1);
});
