/** Each example for the browser, as a person uses it: start, watch, cancel, try again, and the list of all. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { findFaults, loadAxe } from '../end-to-end/axe.ts';
import { eventually } from '../support/eventually.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { NAMES, serveExample, withThisNode } from './example-app.ts';
import type { ExampleApp } from './example-app.ts';
import { compileTemplate, WRONG_TEMPLATES } from './wrong-templates.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START = join(ROOT, 'examples/start.ts');
const INSTALL_AND_BUILD_MS = 300_000;
/** The encoder shares two cores with the installation of the next example. */
const VIDEO_MS = 90_000;

let browser: Browser;
let server: TestServer;
let client: AuraClient;
const apps = new Map<string, Promise<ExampleApp>>();

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer({ AURA_CONCURRENCY: '2' })]);
  client = new AuraClient({ baseUrl: server.url });
  // One is installed while the one before it is used.
  let before: Promise<unknown> = Promise.resolve();
  for (const name of NAMES) {
    const app = before.then(() => serveExample(name, server.url));
    before = app.catch(() => {});
    apps.set(name, app);
  }
});

afterAll(async () => {
  for (const app of apps.values()) await app.then(({ close }) => close()).catch(() => {});
  await browser?.close();
  await server?.stop();
}, INSTALL_AND_BUILD_MS);

/** Resolves as soon as the server has such a job. */
async function found(wanted: (job: JobSnapshot) => boolean): Promise<JobSnapshot> {
  return (await eventually(async () => (await client.jobs.list()).find(wanted)))!;
}

describe.each(NAMES)('%s', (name) => {
  /** Without a framework the element shows the whole job; with one the page does, and the element is in a drawer. */
  const ownCard = name !== 'script-tag';
  let app: ExampleApp;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    app = await apps.get(name)!;
  }, INSTALL_AND_BUILD_MS);

  beforeEach(async () => {
    ({ page, faults } = await openPage(browser));
    await page.goto(app.url);
    await page.waitForFunction(() => document.querySelector('aura-job-list')?.shadowRoot?.querySelector('h2'));
  });

  afterEach(() => page.close());

  /** @returns the new job, as the server has it */
  async function start(topic: string, length: string): Promise<JobSnapshot> {
    await page.locator('textarea').fill(topic);
    await page.select('select', length);
    await page.locator('form button').click();
    return found(({ title }) => title === topic);
  }

  /** The element that shows the chosen job in the page. */
  async function shows(state: string): Promise<void> {
    await page.waitForFunction(
      (wanted) =>
        document.querySelector('aura-job-progress, aura-render-status:not([variant=drawer])')?.matches(wanted),
      {},
      `:state(${state})`,
    );
  }

  async function press(text: string, part: string): Promise<void> {
    if (!ownCard) return page.locator(`aura-render-status >>> [part~=${part}]`).click();
    return page.locator(`.job footer button ::-p-text(${text})`).click();
  }

  async function choose({ jobId }: { jobId: string }): Promise<void> {
    await page.locator(`aura-job-list >>> li[data-id="${jobId}"] .name`).click();
  }

  test('a video is made, watched and played', async () => {
    const topic = `Why bread rises, by ${name}`;
    const { jobId } = await start(topic, '00:00:10');
    await shows('running');
    await page.waitForSelector(`aura-job-list >>> li[data-id="${jobId}"]`);

    const video = await page.waitForSelector('.job >>> video', { timeout: VIDEO_MS });
    await page.waitForFunction((it) => (it as HTMLVideoElement).duration > 8, {}, video);
    if (ownCard) {
      expect(await page.title()).toBe(`100 % · ${topic}`);
      expect(await page.$$eval('.steps [data-status=Succeeded]', (steps) => steps.length)).toBe(5);
      await press('Details', '');
      await page.waitForFunction(() => document.querySelector('aura-render-status')!.open);
      await page.locator('aura-render-status >>> [part~=close-button]').click();
      await page.waitForFunction(() => !document.querySelector('aura-render-status')!.open);
      // It was the page's own state that closed it.
      await press('Details', '');
      await page.waitForFunction(() => document.querySelector('aura-render-status')!.open);
    }
    expect(faults).toEqual([]);
  }, 120_000);

  test('a job is cancelled, and shown as cancelled when the server says so', async () => {
    const { jobId } = await start(`A long story, by ${name}`, '00:01:00');
    await shows('running');
    await press('Cancel', 'cancel-button');
    if (!ownCard) await press('', 'danger-button');

    await shows('canceled');
    expect((await client.jobs.get(jobId)).status).toBe('Canceled');
    expect(faults).toEqual([]);
  });

  test('a failed job is chosen from the list and tried again', async () => {
    const failed = await client.jobs.create({
      preset: 'simulated',
      inputs: { events: 10, eventsPerSecond: 50, failAt: 6 },
    });
    await client.watch(failed.jobId).done.catch(() => {});
    await page.reload();
    await choose(failed);
    await shows('failed');
    await press('Try again', 'retry-button');

    const again = await found(({ retryOf }) => retryOf === failed.jobId);
    await page.waitForFunction(
      (id) => [...document.querySelectorAll('.job, .job *')].some((it) => 'jobId' in it && it.jobId === id),
      {},
      again.jobId,
    );
    await page.waitForSelector(`aura-job-list >>> li[data-id="${again.jobId}"]`);
    expect(faults).toEqual([]);
  });

  test.each(['light', 'dark'])('in %s it fits a narrow screen, and axe finds nothing', async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width: 320, height: 640 });
    const [newest] = await client.jobs.list({ status: 'Canceled' });
    await choose(newest!);
    await shows('canceled');

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await loadAxe(page);
    expect(await findFaults(page, 'body')).toEqual([]);
  });
});

test.each(['vue', 'angular'] as const)('the template checker of %s knows the elements', async (name) => {
  await apps.get(name);
  expect(await compileTemplate(name)).toEqual(WRONG_TEMPLATES[name].wrongLines);
});

// Angular's went to the port of every day.
test.each([
  ['react', ['--strictPort']],
  ['angular', []],
] as const)(
  'one command starts the server and the example with %s, and ends both',
  async (name, more) => {
    await apps.get(name);
    const [api, port] = [await freePort(), await freePort()];
    const dataDir = await mkdtemp(join(tmpdir(), 'aura-example-'));
    const started = spawn(process.execPath, [START, name, '--port', `${port}`, ...more], {
      cwd: ROOT,
      env: { ...process.env, PATH: withThisNode(), PORT: `${api}`, AURA_DATA_DIR: dataDir },
      stdio: 'ignore',
    });
    try {
      const answers = (at: string) =>
        fetch(at).then(
          ({ ok }) => ok,
          () => false,
        );
      const places = [`http://localhost:${port}/`, `http://localhost:${api}/healthz`];
      for (const place of places) await eventually(() => answers(place));
      const { page, faults } = await openPage(browser);
      await page.goto(places[0]!);
      // It has that slot only when the server has said that there are no jobs.
      await page.waitForFunction(() => document.querySelector('[slot=empty]')?.assignedSlot);
      expect(faults).toEqual([]);
      await page.close();

      started.kill();
      await once(started, 'exit');
      for (const place of places) await eventually(async () => !(await answers(place)));
    } finally {
      started.kill();
      await rm(dataDir, { recursive: true });
    }
  },
  120_000,
);

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, 'close');
  return port;
}
