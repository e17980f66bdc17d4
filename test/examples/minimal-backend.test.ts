/** The backend that integrators begin with: small, and yet the whole client and all elements work with it. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { serveExample, startMinimalBackend } from './example-app.ts';
import type { ExampleApp } from './example-app.ts';

const INSTALL_MS = 120_000;

let backend: ExampleApp;
let client: AuraClient;

beforeAll(async () => {
  backend = await startMinimalBackend();
  client = new AuraClient({ baseUrl: backend.url });
}, INSTALL_MS);

afterAll(() => backend?.close());

async function readEvents(jobId: string, options = {}): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for await (const event of client.events(jobId, options)) events.push(event);
  return events;
}

test('a job is told from beginning to end, and from any event on', async () => {
  const { jobId } = await client.jobs.create({ brief: { topic: 'How tides work' } });
  const events = await readEvents(jobId);
  const types = events.map(({ type }) => type);

  expect(types.filter((type) => type === 'step-status')).toHaveLength(5);
  expect(types.at(-1)).toBe('job-completed');
  expect(await readEvents(jobId, { lastEventId: events[10]!.id })).toEqual(events.slice(11));

  const job = await client.jobs.get(jobId);
  expect(job).toMatchObject({ status: 'Succeeded', percent: 100, title: 'How tides work' });
  const [notes] = job.artifacts;
  expect(await (await fetch(backend.url + notes!.path)).text()).toBe('How tides work');

  const { status } = await fetch(backend.url + `/api/jobs/${jobId}/events?lastEventId=${job.lastEventId}`);
  expect(status).toBe(204);
  const lost = await fetch(backend.url + `/api/jobs/${jobId}/events?lastEventId=1-1`);
  expect(await lost.text()).toMatch(/^: stream\n\nevent: resync\n/);
}, 60_000);

test('what cannot be done is said with its code', async () => {
  const { jobId } = await client.jobs.create({ brief: { topic: 'A long story' } });

  await expect(client.jobs.delete(jobId)).rejects.toMatchObject({ status: 409, code: 'NotDeletable' });
  await expect(client.jobs.retry(jobId)).rejects.toMatchObject({ status: 409, code: 'NotRetryable' });
  const both = await client.jobs.cancelMany([jobId, 'job-0']);
  expect(both.map(({ accepted, code }) => [accepted, code])).toEqual([
    [true, null],
    [false, 'JobNotFound'],
  ]);
  await expect(client.watch(jobId).done).rejects.toMatchObject({ name: 'JobCanceledError' });
  await expect(client.jobs.cancel(jobId)).rejects.toMatchObject({ name: 'NotCancellableError' });
  await client.jobs.delete(jobId);
  await expect(client.jobs.get(jobId)).rejects.toMatchObject({ name: 'JobNotFoundError' });
  await expect(client.jobs.create({ brief: { topic: '' } })).rejects.toMatchObject({ name: 'InvalidInputError' });
});

test('a repeated request makes no second job', async () => {
  const ask = () => client.jobs.create({ brief: { topic: 'Only once' } }, { idempotencyKey: 'the same' });
  const [first, second] = [await ask(), await ask()];

  expect(second.jobId).toBe(first.jobId);
  await client.jobs.cancel(first.jobId);
});

test('a page of another origin shows it, tries again, cancels and lists', async () => {
  const partner = await serveExample('script-tag', backend.url);
  const browser: Browser = await launchBrowser();
  try {
    const { page, faults } = await openPage(browser);
    await page.goto(partner.url);
    await page.locator('textarea').fill('This will fail');
    await page.locator('form button').click();

    await shows(page, 'running');
    await shows(page, 'failed');
    await page.locator('aura-render-status >>> [part~=retry-button]').click();
    await shows(page, 'running');
    await page.locator('aura-render-status >>> [part~=cancel-button]').click();
    await page.locator('aura-render-status >>> [part~=danger-button]').click();
    await shows(page, 'canceled');

    // The list hears of it on its own stream, and asks about what it shows.
    await page.waitForFunction(
      () => !document.querySelector('aura-job-list')!.shadowRoot!.querySelector('.job:is(.Running, .Queued)'),
    );
    await page.locator('aura-job-list >>> [part~=clear-button]').click();
    await page.locator('aura-job-list >>> dialog[open] [part~=danger-button]').click();
    await page.waitForFunction(
      () => document.querySelector('aura-job-list')!.shadowRoot!.querySelectorAll('li').length === 0,
    );
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await partner.close();
  }
}, 60_000);

async function shows(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('aura-render-status')!.matches(wanted),
    {},
    `:state(${state})`,
  );
}
