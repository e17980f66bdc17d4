/** With sign-in on, a finished video plays in every page, though a player sends no token (C-25, AC-49). */
import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { locateFfmpeg } from '../../reference-server/src/pipeline/rendering/ffmpeg/locate-ffmpeg.ts';
import { as, KEYS, startOwnedServer } from '../reference-server/owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { findFaults, loadAxe } from './axe.ts';

const VIDEO = {
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:10' },
  renderSpec: { res: { width: 640, height: 360 }, fps: 10 },
};
const SHORT_SECONDS = 10;

let browser: Browser;
let server: TestServer;
let jobId: string;
let page: Page;
let faults: string[];
/** Addresses of all that the page asked for, with the answer's status. */
let asked: { url: string; status: number }[];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startOwnedServer()]);
  jobId = await makeVideo();
});
afterEach(async () => {
  for (const { url } of asked) expect(url).not.toContain(KEYS.ann);
  await page.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function makeVideo(): Promise<string> {
  const { body } = await call(`${server.url}/api/jobs`, 'POST', VIDEO, as('ann'));
  const url = `${server.url}/api/jobs/${body.jobId}/events`;
  await (
    await openRawStream(url, { headers: as('ann') })
  ).ended;
  return body.jobId;
}

async function visit(path: string, credential: string): Promise<void> {
  ({ page, faults } = await openPage(browser));
  asked = [];
  page.on('response', (response) => asked.push({ url: response.url(), status: response.status() }));
  await page.goto(server.url + path);
  await page.waitForSelector('#token');
  await page.keyboard.type(credential);
  await page.keyboard.press('Enter');
}

/** Plays the video of a card for a moment. @returns how far it got, and how many cues its subtitles have */
async function play(card: string): Promise<{ currentTime: number; cues: number; error: string | undefined }> {
  await page.waitForSelector(`${card} >>> video[src]`);
  return page.$eval(`${card} >>> video`, async (video) => {
    video.muted = true;
    await video.play();
    const track = video.querySelector('track')!;
    if (track.readyState !== track.LOADED) await new Promise((resolve) => track.addEventListener('load', resolve));
    await new Promise<void>((resolve) => {
      video.addEventListener('timeupdate', () => video.currentTime > 0.5 && resolve());
    });
    return { currentTime: video.currentTime, cues: video.textTracks[0]!.cues!.length, error: video.error?.message };
  });
}

async function downloads(card: string): Promise<string[]> {
  return page.$$eval(`${card} >>> a[part~=download]`, (links) => links.map(({ href }) => href));
}

test('in the demo page: player, subtitles and every file', async () => {
  await visit(`/?job=${jobId}`, KEYS.ann);
  const { currentTime, cues, error } = await play('#status');
  expect(error).toBeUndefined();
  expect(currentTime).toBeGreaterThan(0.5);
  expect(cues).toBeGreaterThan(0);

  const links = await downloads('#status');
  expect(links.length).toBeGreaterThanOrEqual(3);
  for (const link of links) {
    expect((await call(link)).status).toBe(200);
    expect((await call(link.split('?')[0]!)).status).toBe(401);
  }
  const other = await makeVideo();
  expect((await call(links[0]!.replace(jobId, other))).status).toBe(404);
  await loadAxe(page);
  expect(await findFaults(page, '#status')).toEqual([]);
  // The page finds out by one refusal that it has to sign in.
  expect(asked.filter(({ status }) => status >= 400)).toEqual([
    { url: expect.stringContaining('/api/jobs'), status: 401 },
  ]);
  expect(faults.filter((fault) => !fault.includes('status of 401'))).toEqual([]);
  expect(server.output).not.toContain('ticket=');
});

test('in the drawer of the operators’ page, with the video of somebody else', async () => {
  await visit('/admin', KEYS.ops);
  await page.waitForSelector('aura-job-list >>> .job.Succeeded .name');
  await page.$eval(`aura-job-list >>> .job.Succeeded .name`, (name) => (name as HTMLElement).click());
  const { currentTime, cues, error } = await play('#job');
  expect(error).toBeUndefined();
  expect(currentTime).toBeGreaterThan(0.5);
  expect(cues).toBeGreaterThan(0);
});

test('a player that is left alone until its ticket has ended goes on where it is wanted, by itself', async () => {
  // So much film that no browser reads it ahead.
  const { file } = await locateFfmpeg(undefined, AbortSignal.timeout(30_000));
  const film = join(server.dataDir, 'artifacts', jobId, 'output.mp4');
  const long = join(server.dataDir, 'long.mp4');
  const loop = ['-stream_loop', '199', '-i', film, '-c', 'copy', '-movflags', '+faststart', long];
  await promisify(execFile)(file, ['-y', '-loglevel', 'error', ...loop]);
  await rename(long, film);

  await visit('/', KEYS.ann);
  // A real server, a real browser, and tickets that end sooner.
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const short = JSON.stringify({ access: 'files', expiresInSeconds: SHORT_SECONDS });
    void request.continue(request.url().endsWith('/tokens') ? { postData: short } : {});
  });
  await page.waitForSelector(`#recent [data-job="${jobId}"]`);
  await page.click(`#recent [data-job="${jobId}"]`);
  await play('#status');
  const first = await page.$eval('#status >>> video', (video) => (video.pause(), video.src));
  await eventually(async () => (await call(first, 'HEAD')).status === 401);
  // Nobody has touched the player, though links are new.
  expect(await page.$eval('#status >>> video', (video) => video.src)).toBe(first);
  expect(await downloads('#status')).not.toContain(first);

  const seen = await page.$eval('#status >>> video', async (video) => {
    video.playbackRate = 2;
    void video.play().catch(() => {});
    video.currentTime = 1500;
    await new Promise<void>((resolve) => {
      video.addEventListener('timeupdate', () => video.currentTime > 1501 && !video.seeking && resolve());
    });
    const { src, currentTime, paused, playbackRate } = video;
    return { src, currentTime, paused, playbackRate };
  });
  // It had to come back from a refusal.
  expect(asked).toContainEqual({ url: first, status: 401 });
  expect(seen.src).not.toBe(first);
  expect(seen).toMatchObject({ paused: false, playbackRate: 2 });
  expect(seen.currentTime).toBeLessThan(1510);
});
