/** With sign-in on, the demo page asks who is there, and makes videos for them alone. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { as, bearer, KEYS, startOwnedServer, tokenFor } from '../reference-server/owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { findFaults, loadAxe } from './axe.ts';

let browser: Browser;
let server: TestServer;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startOwnedServer()]);
});
afterEach(async () => {
  expect(faults.filter((fault) => !/status of 40[14]/.test(fault))).toEqual([]);
  await page.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(width = 1280): Promise<void> {
  ({ page, faults } = await openPage(browser));
  await page.setViewport({ width, height: 900 });
  await page.goto(server.url);
  await page.waitForSelector('#token');
}

async function signIn(credential: string): Promise<void> {
  await page.waitForSelector('#token');
  await page.keyboard.type(credential);
  await page.keyboard.press('Enter');
}

const recent = (): Promise<string[]> =>
  page.$$eval('#recent .topic', (topics) => topics.map(({ textContent }) => textContent));

test.each([1280, 320])('asks for a token, refuses a wrong one, starts a job with a good one (%i px)', async (width) => {
  await visit(width);
  await signIn('not-a-key-of-anybody');
  await page.waitForFunction(() => document.querySelector('#token-error')!.textContent !== '');
  expect(await page.$eval('#token-error', ({ textContent }) => textContent)).toContain('not known here');
  expect(await page.$eval('#page', (main) => (main as HTMLElement).hidden)).toBe(true);
  await loadAxe(page);
  expect(await findFaults(page, 'body')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);

  await page.$eval('#token', (field) => (field as HTMLInputElement).select());
  await signIn(KEYS.ann);
  await page.waitForSelector('#topic', { visible: true });
  expect(await page.$('#token')).toBeNull();
  await page.click('.submit');
  await page.waitForFunction(() => location.search.startsWith('?job='));
  const jobId = await page.evaluate(() => new URLSearchParams(location.search).get('job'));
  const { status, body } = await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, as('ann'));
  expect([status, body.ownerId]).toEqual([200, 'ann']);
  await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
  await page.waitForFunction(() => document.title.startsWith('Cancelled'));
  expect(await page.evaluate(() => [document.cookie, { ...localStorage, ...sessionStorage }])).toEqual(['', {}]);
  expect(page.url()).not.toContain(KEYS.ann);

  // The address still names the job, and to Bob there is none.
  await page.click('#sign-out');
  await signIn(KEYS.bob);
  await page.waitForSelector('#no-recent', { visible: true });
  expect(await recent()).toEqual([]);
  await page.waitForFunction(() => document.title.startsWith('Job not found'));
  expect(await page.$eval('#status', ({ shadowRoot }) => shadowRoot!.textContent)).not.toContain('tides');
});

test('asks again when the token ends, and then does what was asked', async () => {
  await visit();
  const short = await tokenFor('cleo', { expires: '1s' });
  await signIn(short);
  await page.waitForSelector('#topic', { visible: true });
  await eventually(async () => (await call(`${server.url}/api/jobs`, 'GET', undefined, bearer(short))).status === 401);
  await page.click('.submit');
  await page.waitForSelector('#token');
  expect(await page.$eval('#token-error', ({ textContent }) => textContent)).toContain('has ended');
  await signIn(await tokenFor('cleo'));
  await page.waitForFunction(() => location.search.startsWith('?job='));
  const { body } = await call(`${server.url}/api/jobs`, 'GET', undefined, bearer(await tokenFor('cleo')));
  expect(body.count).toBe(1);
});
