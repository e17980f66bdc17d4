/** A person makes a video in the demo page and watches it. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

let browser: Browser;
let server: TestServer;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer({ AURA_CONCURRENCY: '2' })]);
});

afterEach(() => page.close());

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(path = '/'): Promise<void> {
  ({ page, faults } = await openPage(browser));
  await page.goto(server.url + path);
}

/** What the two elements show, as a person would read it. */
interface Shown {
  steps: string[];
  percent: string;
  title: string;
}

test('every stage becomes done in order, 100 % comes last, and the video plays', async () => {
  await visit();
  await page.$eval('#topic', (field) => ((field as HTMLTextAreaElement).value = 'How tides work'));
  await page.select('#duration', '');
  await page.$eval('#target', (field) => ((field as HTMLInputElement).value = '00:00:12'));
  // Watched from inside the page, change by change, so that no state in between is missed.
  await page.evaluate(() => {
    const shown: Shown[] = [];
    Object.assign(window, { shown });
    const look = (): void => {
      const status = document.getElementById('status')!.shadowRoot!;
      const bar = document.getElementById('progress')!.shadowRoot!.querySelector('[role=progressbar]');
      const now = {
        steps: [...status.querySelectorAll<HTMLElement>('[part~=step]')].map(({ dataset }) => dataset.status!),
        percent: bar?.getAttribute('aria-valuenow') ?? '',
        title: status.querySelector('h2')?.textContent.trim() ?? '',
      };
      if (JSON.stringify(now) !== JSON.stringify(shown.at(-1))) shown.push(now);
    };
    for (const id of ['status', 'progress']) {
      const watched = document.getElementById(id)!.shadowRoot!;
      new MutationObserver(look).observe(watched, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    }
  });

  await page.click('.submit');
  await page.waitForSelector('#status >>> video', { timeout: 60_000 });

  const shown = await page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);
  const rows = shown.filter(({ steps }) => steps.length === 5);
  const done = rows.map(({ steps }) => steps.filter((step) => step === 'Succeeded').length);
  // The script takes milliseconds, and so does the timeline: two steps may become done in one frame. None is ever ahead
  // of another, and the long ones are seen one by one.
  expect(done[0]).toBeLessThan(2);
  expect(done.at(-1)).toBe(5);
  expect(new Set(done).size).toBeGreaterThanOrEqual(4);
  expect(done).toEqual([...done].sort((x, y) => x - y));
  for (const { steps } of rows) expect(steps.join(' ')).toMatch(/^(Succeeded ?)*(Running ?)?(Pending ?)*$/);
  const percents = rows.map(({ percent }) => Number(percent));
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  for (const { percent, steps } of rows) expect(percent === '100').toBe(steps[4] === 'Succeeded');

  const playing = await page.$eval('#status >>> video', async (video) => {
    video.muted = true;
    await video.play();
    await new Promise<void>((resolve) => {
      video.addEventListener('timeupdate', () => video.currentTime > 0.5 && resolve());
    });
    const cues = [...video.textTracks].map((track) => ((track.mode = 'showing'), track.cues?.length ?? 0));
    return { duration: video.duration, width: video.videoWidth, cues };
  });
  expect(playing.duration).toBeGreaterThan(9);
  expect(playing.duration).toBeLessThan(16);
  expect(playing.width).toBe(1280);
  expect(playing.cues[0]).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

test('AC-59 a reload finds the job again, with the same number', async () => {
  await visit();
  const jobId = await page.evaluate(async () => {
    const response = await fetch('/api/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ preset: 'simulated', inputs: { seconds: 60, eventsPerSecond: 20 } }),
    });
    return ((await response.json()) as { jobId: string }).jobId;
  });
  const value = (): Promise<number> =>
    page
      .waitForSelector('#progress >>> [role=progressbar][aria-valuenow]')
      .then((bar) => bar!.evaluate((element) => Number(element.ariaValueNow)));
  await page.goto(`${server.url}/?job=${jobId}`);
  await page.waitForFunction(
    () =>
      Number(document.getElementById('progress')?.shadowRoot?.querySelector('[role=progressbar]')?.ariaValueNow) >= 2,
  );
  const before = await value();

  await page.reload();

  expect(await value()).toBeGreaterThanOrEqual(before);
  await page.click('#status >>> [part~=cancel-button]');
  await page.click('#status >>> dialog[open] [part~=danger-button]');
  await page.waitForFunction(() =>
    document.getElementById('status')!.shadowRoot!.querySelector('h2')?.textContent.includes('ancelled'),
  );
  expect(faults).toEqual([]);
});

test('a field that is wrong says so at the field', async () => {
  await visit();
  await page.$eval('#topic', (field) => ((field as HTMLTextAreaElement).value = 'x'));
  await page.click('.submit');

  await page.waitForFunction(() => document.getElementById('topic-error')!.textContent !== '');

  expect(await page.$eval('#topic-error', ({ textContent }) => textContent)).toContain('at least 3 characters');
  expect(await page.$eval('#topic', (field) => field.getAttribute('aria-invalid'))).toBe('true');
});
