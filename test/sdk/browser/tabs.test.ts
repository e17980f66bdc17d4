/** C-37 Six tabs of a real browser hold one connection, and lose nothing when the one that has it is gone. */
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { serveApp } from '../../support/app-host.ts';
import { startCountingProxy } from '../../support/counting-proxy.ts';
import type { CountingProxy } from '../../support/counting-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { launchBrowser } from '../../support/launch-browser.ts';
import { openRawStream } from '../../support/raw-stream.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { longestSilence, Tab } from './tabs.ts';

let server: TestServer;
let proxy: CountingProxy;
let host: ScriptedServer;
let browser: Browser;
let client: AuraClient;
let tabs: Tab[] = [];

beforeAll(async () => {
  [browser, server, host] = await Promise.all([
    launchBrowser(),
    startReferenceServer({ AURA_CONCURRENCY: '64' }),
    serveApp(new URL('./tab-app.ts', import.meta.url)),
  ]);
  client = new AuraClient({ baseUrl: server.url });
});

beforeEach(async () => {
  proxy = await startCountingProxy(server.url);
});

afterEach(async () => {
  await Promise.all(tabs.map(({ page }) => page.close().catch(() => {})));
  tabs = [];
  await proxy.close();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
});

async function simulate(inputs: object): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs: { ...inputs } })).jobId;
}

async function openTab(mode: string, jobIds: readonly string[]): Promise<Tab> {
  const query = new URLSearchParams([['server', proxy.url], ['mode', mode], ...jobIds.map((jobId) => ['job', jobId])]);
  const tab = await Tab.open(browser, `${host.url}/?${query}`);
  tabs.push(tab);
  return tab;
}

const leaderOf = (): Tab => tabs.find(({ connected }) => connected)!;

/** Ids of all events of an ended job, as a stranger reads them. */
async function logOf(jobId: string): Promise<string[]> {
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await stream.ended;
  return stream.events.map(({ id }) => id!);
}

const timesOf = async (tab: Tab): Promise<number[]> => (await tab.notes('heard')).map(({ at }) => at);

test.each<[string, (leader: Tab) => Promise<void>]>([
  ['is closed', ({ page }) => page.close({ runBeforeUnload: false })],
  ['is reloaded', async ({ page }) => void (await page.reload())],
  ['goes to another page', async ({ page }) => void (await page.goto('about:blank'))],
  ['crashes', async (leader) => void leader.send('Page.crash').catch(() => {})],
  ['is frozen', (leader) => leader.send('Page.setWebLifecycleState', { state: 'frozen' })],
])('when the tab that has the connection %s, another takes over within a second', async (how, leave) => {
  const jobId = await simulate({ events: 500, eventsPerSecond: 50 });
  for (let count = 6; count > 0; count--) await openTab('log', [jobId]);
  await Promise.all(tabs.map((tab) => tab.noted('heard', 50)));
  await eventually(() => proxy.open.length === 1);
  const before = proxy.streams.length;
  const leader = leaderOf();
  const others = tabs.filter((tab) => tab !== leader);

  const leftAt = Date.now();
  await leave(leader);
  const counts = await Promise.all(others.map(async (tab) => (await timesOf(tab)).length));
  await Promise.all(others.map((tab, index) => tab.noted('heard', counts[index]! + 30)));
  const silences = await Promise.all(others.map(async (tab) => longestSilence(await timesOf(tab), leftAt)));
  const late = await openTab('log', [jobId]);
  if (how === 'is frozen') await leader.send('Page.setWebLifecycleState', { state: 'active' });
  await late.noted('heard', 100);
  await eventually(() => proxy.open.length === 1);

  const log = await logOf(jobId);
  const all = [...others, late, ...(/frozen|reloaded/.test(how) ? [leader] : [])];
  await Promise.all(all.map((tab) => tab.noted('heard', log.length)));
  for (const tab of all) expect((await tab.notes('heard')).map(({ id }) => id)).toEqual(log);
  for (const silence of silences) expect(silence).toBeLessThan(1000);
  const connectedAfter = proxy.streams[before]!.openedAt - leftAt;
  expect(connectedAfter).toBeLessThan(1000);
  expect(others.flatMap(({ faults }) => faults)).toEqual([]);
  console.info(`leader ${how}: connected after ${connectedAfter} ms, longest silence ${Math.max(...silences)} ms`);
});

test('six tabs with fifty jobs each hold one connection', async () => {
  const inputs = { events: 60, eventsPerSecond: 6 };
  const jobIds = await Promise.all(Array.from({ length: 50 }, () => simulate(inputs)));
  for (let count = 6; count > 0; count--) await openTab('watchAll', jobIds);
  await Promise.all(tabs.map((tab) => tab.noted('percents', 200)));
  await eventually(() => proxy.open.length === 1);
  const leader = leaderOf();
  const others = tabs.filter((tab) => tab !== leader);
  const leftAt = Date.now();
  await leader.page.close();
  await Promise.all(
    others.map(({ page }) =>
      page.waitForFunction(
        (count) => {
          const { percents } = (window as unknown as { notes: { percents: { status: string }[] } }).notes;
          return percents.filter(({ status }) => status === 'Succeeded').length === count;
        },
        { polling: 100 },
        jobIds.length,
      ),
    ),
  );

  for (const tab of others) {
    const seqs = Object.values(await tab.notes('seqs'));
    expect(seqs.length).toBe(50);
    // From where the tab began, each event of each job, in order and once.
    for (const list of seqs) expect(list).toEqual(Array.from(list, (_, index) => inputs.events - list.length + index));
    const times = (await tab.notes('percents')).map(({ at }) => at);
    expect(longestSilence(times, leftAt)).toBeLessThan(1000);
  }
  expect(proxy.streams.length).toBeLessThan(6);
  expect(others.flatMap(({ faults }) => faults)).toEqual([]);
  console.info(`50 jobs in 6 tabs: ${proxy.streams.length} streams in all, with a change of the leader`);
});
