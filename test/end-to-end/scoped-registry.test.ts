/** A page that keeps the elements in a registry of its own, out of the page's one: the list opens its drawer all the same. */
import { expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';

test('in a scoped registry the list opens a drawer, and the page’s own registry stays empty', async () => {
  const [browser, server, app] = await Promise.all([
    launchBrowser(),
    startReferenceServer(),
    serveApp(new URL('./scoped-registry-app.ts', import.meta.url)),
  ]);
  try {
    const { jobs } = new AuraClient({ baseUrl: server.url });
    const { jobId } = await jobs.create({ preset: 'simulated', inputs: { seconds: 60, eventsPerSecond: 5 } });
    const { page, faults } = await openPage(browser);
    await page.goto(`${app.url}/?server=${server.url}&job=${jobId}`);
    await page.waitForSelector('#root >>> own-progress >>> [aria-valuenow]');
    await (await page.waitForSelector('#root >>> aura-job-list >>> .name'))!.click();
    await page.waitForSelector('#root >>> aura-job-list >>> aura-render-status >>> dialog[open] [part~=steps]');

    expect(await page.evaluate(() => customElements.get('aura-job-list'))).toBeFalsy();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await Promise.all([app.close(), server.stop()]);
  }
});
