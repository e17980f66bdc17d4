/** An operator looks after the jobs of all users; nobody else sees anything there. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { as, KEYS, startOwnedServer, tokenFor } from '../reference-server/owned-server.ts';
import type { Name } from '../reference-server/owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { call } from '../support/api.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import { findFaults, loadAxe } from './axe.ts';

/** What a browser says of the requests that find out who is there. */
const REFUSALS = /status of 40[13]/;

let browser: Browser;
let server: TestServer;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startOwnedServer({ AURA_CONCURRENCY: '3' })]);
});
afterEach(async () => {
  expect(faults.filter((fault) => !REFUSALS.test(fault))).toEqual([]);
  await page.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(url = `${server.url}/admin`, { width = 1280, dark = false } = {}): Promise<void> {
  ({ page, faults } = await openPage(browser));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
    // What axe measures while something fades in is of no use.
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.goto(url);
}

async function signIn(credential: string): Promise<void> {
  await page.waitForSelector('#token');
  // By keyboard alone: the field has the focus.
  await page.keyboard.type(credential);
  await page.keyboard.press('Enter');
}

async function start(name: Name, topic: string, inputs: object, own = server): Promise<string> {
  const body = { preset: 'simulated', inputs, brief: { topic } };
  return (await call(`${own.url}/api/jobs`, 'POST', body, as(name))).body.jobId;
}

/** Waits for the rows of the list: title and state. */
const rowsAre = (expected: string[]) =>
  page.waitForFunction(
    (wanted) => {
      const jobs = document.querySelector('aura-job-list')?.shadowRoot?.querySelectorAll('.job') ?? [];
      const found = [...jobs].map((job) => `${job.querySelector('.name')!.textContent.trim()}: ${job.classList[1]}`);
      return found.sort().join() === wanted;
    },
    {},
    expected.join(),
  );
/** A figure of the page, once it is there. */
async function figure(name: string): Promise<string> {
  await page.waitForSelector('#now dd:not(:empty)');
  return page.$$eval(
    '.figures > div',
    (figures, wanted) =>
      figures.find((one) => one.querySelector('dt')!.textContent === wanted)!.querySelector('dd')!.textContent,
    name,
  );
}
const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

describe('who is no operator', () => {
  test.each([
    ['nonsense', 'this-is-no-key-000000', 'not known here'],
    ['another user', KEYS.bob, 'sign in with the scope admin'],
    ['nothing', '', 'Give a token'],
  ])('sees nothing, and is told why: %s', async (_who, credential, why) => {
    const jobId = await start('ann', 'The secret of Ann', { hold: true });
    await visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await signIn(credential);
    await page.waitForFunction((text) => document.querySelector('#token-error')!.textContent.includes(text), {}, why);
    expect(await page.content()).not.toMatch(/The secret of Ann|job-[0-9a-f]{16}/);
    expect(await page.$('aura-job-list')).toBeNull();
    expect(await page.$eval('#page', (main) => (main as HTMLElement).hidden)).toBe(true);
    expect(asked.every((path) => path === '/metrics')).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('token');
    expect(await page.$eval('#token', (field) => field.getAttribute('aria-invalid'))).toBe('true');
    await loadAxe(page);
    expect(await findFaults(page, 'body')).toEqual([]);
    await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
  });

  test('gets a page that says nothing of anybody', async () => {
    const { body, headers } = await call(`${server.url}/admin/`);
    expect(body).toContain('<title>Operations');
    expect(body).not.toMatch(/job-[0-9a-f]|ann|bob/);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    await visit();
  });
});

describe.each([
  { width: 1280, dark: false },
  { width: 320, dark: true },
])('an operator, at $width px', (look) => {
  test('sees the jobs of all, filters, cancels several, reads a log; the token is kept nowhere', async () => {
    const own = await startOwnedServer({ AURA_CONCURRENCY: '3' });
    try {
      await start('ann', 'Tides', { seconds: 300, eventsPerSecond: 5 }, own);
      await start('bob', 'Glass', { seconds: 300, eventsPerSecond: 5 }, own);
      await start('bob', 'Broken', { events: 20, eventsPerSecond: 0, failAt: 5 }, own);
      await visit(`${own.url}/admin`, look);
      await signIn(await tokenFor('olga', { scope: 'admin' }));
      await rowsAre(['Broken: Failed', 'Glass: Running', 'Tides: Running']);
      // Whose each is.
      await page.waitForFunction(() => document.querySelectorAll('#list > .owner').length === 3);
      const states = await page.$$eval('#list >>> .job', (jobs) =>
        jobs.map((job) => [
          job.querySelector('.name')!.textContent.trim(),
          job.querySelector('slot')!.assignedElements()[0]!.textContent,
        ]),
      );
      expect(Object.fromEntries(states)).toEqual({ Broken: 'bob · ', Glass: 'bob · ', Tides: 'ann · ' });
      expect(await figure('Running')).toBe('2');
      expect(await figure('Failed')).toBe('1');
      expect(await page.$eval('#health', ({ textContent }) => textContent)).toBe('Ready');
      expect(await overflows()).toBe(false);
      await loadAxe(page);
      await page.click('#more summary');
      expect(await findFaults(page, 'body')).toEqual([]);
      expect(await page.$eval('#tables', ({ textContent }) => textContent)).toContain('Failures of jobs');

      // Off screen, elements paint nothing.
      await page.click('#more summary');
      await page.$eval('#list', (list) => list.scrollIntoView());
      // A job that comes later is found, and the figures go on.
      await start('ann', 'Later', { hold: true }, own);
      await rowsAre(['Broken: Failed', 'Glass: Running', 'Later: Queued', 'Tides: Running']);
      await page.waitForFunction(() => document.querySelectorAll('#list > .owner').length === 4);
      await page.waitForFunction(() => !document.querySelector('#now')!.textContent.includes('…'));

      // One is opened by keyboard: whose it is, and its whole log.
      await page.$eval('aura-job-list >>> .job.Failed .name', (name) => (name as HTMLElement).focus());
      await page.keyboard.press('Enter');
      await page.waitForSelector('#job >>> dialog[open]');
      await page.waitForFunction(() => document.querySelector('#facts')!.textContent.includes('bob'));
      expect(await findFaults(page, '#job')).toEqual([]);
      // It is there with the job's state, which the element reads for itself; the facts may come before.
      await page.waitForSelector('#whole-log', { visible: true });
      await page.focus('#whole-log');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('#log-text')!.textContent.includes('Script started'));
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('log-text');
      expect(await overflows()).toBe(false);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('#job')!.hasAttribute('open'));
      const back = await page.$eval('#list', ({ shadowRoot }) => shadowRoot!.activeElement?.closest('li')?.className);
      expect(back).toContain('Failed');

      await page.click('#list >>> .tools .check');
      await page.click('#list >>> .tools [part~=cancel-button]');
      await page.click('#list >>> dialog[open] [part~=danger-button]');
      await rowsAre(['Broken: Failed', 'Glass: Canceled', 'Later: Canceled', 'Tides: Canceled']);
      await page.waitForFunction(() => document.querySelector('#totals')!.textContent.includes('Cancelled3'));
      await page.$$eval('#list >>> [part~=filter-button]', (buttons) => (buttons[4] as HTMLElement).click());
      await rowsAre(['Broken: Failed']);

      const kept = await page.evaluate(() => [location.href, document.cookie, { ...localStorage, ...sessionStorage }]);
      expect(kept).toEqual([`${own.url}/admin/`, '', {}]);
      await page.click('#sign-out');
      await page.waitForSelector('#token');
      expect(await page.$('aura-job-list')).toBeNull();
    } finally {
      await own.stop();
    }
  });
});

test('the button under an operator’s hands stays there when the job ends meanwhile', async () => {
  const jobId = await start('ann', 'Ends soon', { seconds: 60, eventsPerSecond: 20 });
  await visit();
  await signIn(KEYS.ops);
  await page.waitForSelector(`#list >>> li[data-id="${jobId}"].Running .name`);
  await page.$eval(`#list >>> li[data-id="${jobId}"] .name`, (name) => (name as HTMLElement).click());
  await page.waitForSelector('#whole-log', { visible: true });
  await page.focus('#whole-log');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('whole-log');
  await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
  await page.waitForSelector('#job >>> .card.canceled');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('whole-log');

  const failing = await start('ann', 'Fails soon', { events: 100, eventsPerSecond: 20, failAt: 60 });
  await page.$eval('#job', (drawer, id) => drawer.setAttribute('job-id', id), failing);
  await page.waitForSelector('#job >>> .card.running');
  await page.waitForSelector('#whole-log', { visible: true });
  await page.focus('#whole-log');
  await page.waitForSelector('#job >>> .card.failed');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('whole-log');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#log-text')!.textContent.includes('Script started'));
});

test('shows the same figures as /metrics', async () => {
  await visit();
  await signIn(KEYS.ops);
  const shown = await figure('Cancelled');
  const text: string = (await call(`${server.url}/metrics`, 'GET', undefined, as('ops'))).body;
  expect(shown).toBe(/^aura_jobs_ended_total\{status="Canceled"\} (\d+)$/m.exec(text)![1]);
});

test('where nobody has to sign in it works at once, empty; it says so when the server does not answer, and goes on', async () => {
  const open = await startReferenceServer();
  try {
    await visit(`${open.url}/admin`);
    await page.waitForFunction(() =>
      document.querySelector('aura-job-list')?.shadowRoot?.textContent.includes('No jobs yet'),
    );
    expect(faults).toEqual([]);
    expect(await figure('Running')).toBe('0');
    expect(await page.$eval('#sign-out', (button) => (button as HTMLElement).hidden)).toBe(true);
    await open.kill();
    await page.waitForFunction(() => !(document.querySelector('#trouble') as HTMLElement).hidden);
    expect(await page.$eval('#trouble', ({ textContent }) => textContent)).toMatch(/does not answer.*figures of/);
    await loadAxe(page);
    expect(await findFaults(page, 'body')).toEqual([]);
    await open.restart();
    await page.waitForFunction(() => (document.querySelector('#trouble') as HTMLElement).hidden);
    expect(await page.$eval('#health', ({ textContent }) => textContent)).toBe('Ready');
    // What a browser says of a server that is down.
    faults = faults.filter((fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_NETWORK|ERR_EMPTY/.test(fault));
  } finally {
    await open.stop();
  }
});

test('asks for another token when one ends, and goes on where it was', async () => {
  await visit();
  await signIn(await tokenFor('olga', { scope: 'admin', expires: '1s' }));
  await figure('Running');
  // Tokens are taken for 5 s longer, for clocks that differ.
  await page.waitForFunction(() => document.querySelector('#token-error')?.textContent.includes('has ended'));
  expect(await page.$eval('#page', (main) => (main as HTMLElement).hidden)).toBe(true);
  await signIn(KEYS.ops);
  await page.waitForFunction(() => !(document.querySelector('#page') as HTMLElement).hidden);
  await page.waitForFunction(() => document.querySelectorAll('#now dd').length === 5);
});
