/** `<aura-job-list>` with 500 jobs of a real server: the longest task of the page in each thing that a person does with it. */
import { AuraClient } from '@aura-jobs/sdk';
import type { Page } from 'puppeteer-core';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';

const [RUNNING, QUEUED, ENDED] = [20, 230, 250];
const JOBS = RUNNING + QUEUED + ENDED;

/** Wanted: no task is longer, in ms. Above that a browser calls it a long task. */
const MOST = 50;

/** A task of the trace; times in µs. */
interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

/** What a person does, in this order, until it shows. */
const DEEDS: readonly (readonly [string, () => Promise<void>])[] = [
  ['events for 3 s', () => new Promise((resolve) => setTimeout(resolve, 3000))],
  [
    'choose a filter',
    async () => {
      clickPart('filter-button', 1);
      await untilShown(20);
    },
  ],
  [
    'choose all',
    async () => {
      clickPart('filter-button', 0);
      await untilShown(500);
    },
  ],
  [
    'clear 250',
    async () => {
      clickPart('clear-button');
      confirmQuestion();
      await untilShown(250);
    },
  ],
  [
    'select and cancel 250',
    async () => {
      clickPart('select-all');
      await new Promise((resolve) => setTimeout(resolve, 200));
      clickPart('cancel-button');
      confirmQuestion();
      await untilShown(250, 'Canceled', 250);
    },
  ],
];

/** @returns a table as text */
export async function benchListLoad(): Promise<string> {
  const server = await startReferenceServer({
    ...{ AURA_CONCURRENCY: '270', AURA_MAX_QUEUED_JOBS: '1000', AURA_CREATIONS_PER_MINUTE: '100000' },
    AURA_CANCELS_PER_MINUTE: '100000',
  });
  const host = await serveApp(new URL('./list-load-page.ts', import.meta.url));
  const browser = await launchBrowser({ networkEnabled: false });
  try {
    await createJobs(server.url);
    const { page } = await openPage(browser);
    const rows = [
      row(
        `show ${JOBS}`,
        await longestTask(page, async () => {
          await page.goto(`${host.url}/?server=${server.url}`);
          await page.waitForFunction('globalThis.untilShown');
          await page.evaluate((jobs) => untilShown(jobs), JOBS);
        }),
      ),
    ];
    for (const [name, deed] of DEEDS) rows.push(row(name, await longestTask(page, () => page.evaluate(deed))));
    return [`a list of ${JOBS} jobs: CPU time of the page's longest task, wanted ≤ ${MOST} ms`, ...rows, ''].join('\n');
  } finally {
    await browser.close();
    await Promise.all([host.close(), server.stop()]);
  }
}

async function createJobs(baseUrl: string): Promise<void> {
  const { jobs } = new AuraClient({ baseUrl });
  const create = (inputs: Record<string, unknown>): Promise<unknown> => jobs.create({ preset: 'simulated', inputs });
  for (let job = 0; job < ENDED; job++) await create({ events: 1, eventsPerSecond: 0 });
  for (let job = 0; job < RUNNING; job++) await create({ seconds: 600, eventsPerSecond: 10 });
  for (let job = 0; job < QUEUED; job++) await create({ seconds: 600, hold: true });
}

/** @returns CPU time of the longest task of the page's main thread meanwhile, in ms */
async function longestTask(page: Page, deed: () => Promise<unknown>): Promise<number> {
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await deed();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const main = new Set(traceEvents.flatMap(({ args, tid }) => (args.name === 'CrRendererMain' ? tid : [])));
  const tasks = traceEvents.filter(({ name, tid }) => name === 'RunTask' && main.has(tid));
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

function row(name: string, longest: number): string {
  return `  ${name.padEnd(24)} ${longest.toFixed(0).padStart(4)} ms`;
}
