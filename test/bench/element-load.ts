/** A thousand events a second into a hundred `<aura-job-progress>` in a real Chromium, beside an idle page and the naive widget. */
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { openStream, startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import type { Crowd } from './element-load-page.ts';
import { progressFrame } from './frames.ts';
import { median } from './measure.ts';

const PER_SECOND = 1000;
const SECONDS = 10;
const EVENTS = PER_SECOND * SECONDS;
const ROUNDS = 3;

/** Wanted, as ratios: to the frames of the idle page, and to the main-thread time of the naive widget. */
const LEAST_FRAMES = 0.95;
const MOST_BUSY = 0.4;
/** Wanted: CPU time that silent elements may add to a page, in ms per second. */
const MOST_SILENT = 1;

interface Reading {
  /** Frames per second. */
  readonly frames: number;
  /** CPU time of the page's main thread, in ms per second. */
  readonly busy: number;
}

/** One connection for all jobs. */
interface EventServer extends ScriptedServer {
  readonly streams: Set<ServerResponse>;
}

async function serveJobs(): Promise<EventServer> {
  const streams = new Set<ServerResponse>();
  const server = await startScriptedServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    response.setHeader('access-control-allow-origin', '*');
    if (pathname.endsWith('/events')) {
      streams.add(openStream(response));
      response.on('close', () => streams.delete(response));
      return;
    }
    const jobIds = searchParams.get('ids')?.split(',') ?? [pathname.split('/').at(-1)];
    const jobs = jobIds.map((jobId) => ({ jobId, status: 'Running', stage: 'Script', percent: 0 }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(searchParams.has('ids') ? { jobs } : jobs[0]));
  });
  return { ...server, streams };
}

/** Sends each event when it is due, to the jobs in turn. */
async function pour({ streams }: EventServer, jobs: number): Promise<void> {
  const frames = Array.from({ length: EVENTS }, (_, n) =>
    progressFrame(Math.floor(n / jobs), EVENTS / jobs, `job-${n % jobs}`, n),
  );
  const start = performance.now();
  for (let sent = 0; sent < EVENTS; await wait(1)) {
    const due = Math.min(EVENTS, Math.floor(((performance.now() - start) / 1000) * PER_SECOND));
    for (; sent < due; sent++) for (const stream of streams) stream.write(frames[sent]);
  }
}

/** Opens the page with its elements, and gives it a moment to come to rest. */
async function open(browser: Browser, url: string, crowd: Crowd, jobs: number): Promise<Page> {
  const { page } = await openPage(browser);
  await page.setViewport({ width: 2400, height: 1500 });
  await page.goto(url);
  await page.waitForFunction('globalThis.showCrowd');
  await page.evaluate((...given) => showCrowd(...given), crowd, jobs);
  await wait(1000);
  return page;
}

async function readLoad(
  browser: Browser,
  url: string,
  server: EventServer,
  crowd: Crowd,
  jobs: number,
): Promise<Reading> {
  const page = await open(browser, url, crowd, jobs);
  const session = await watchMainThread(page);
  const before = await mainThread(session);
  const start = performance.now();
  const until = crowd === 'nothing' ? SECONDS * 1000 : `Working on item ${EVENTS / jobs - 1}`;
  const counted = page.evaluate((end) => countFrames(end), until);
  if (crowd !== 'nothing') await pour(server, jobs);
  const frames = await counted;
  const busy = ((await mainThread(session)) - before) / ((performance.now() - start) / 1000);
  await page.close();
  return { frames, busy };
}

/** Nothing happens, and nothing asks for frames. @returns CPU time of the main thread per second, in ms */
async function readSilence(browser: Browser, url: string, crowd: Crowd): Promise<number> {
  const page = await open(browser, url, crowd, 100);
  const session = await watchMainThread(page);
  const before = await mainThread(session);
  await wait(SECONDS * 1000);
  const busy = ((await mainThread(session)) - before) / SECONDS;
  await page.close();
  return busy;
}

/** CPU time, so that the rest of the machine does not count. */
async function watchMainThread(page: Page): Promise<CDPSession> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** @returns time spent in tasks so far, in ms */
async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}

/** What one page after the other did, so that the machine's moods hit all alike. */
interface Round {
  readonly idle: Reading;
  /** On one job, and spread over a hundred. */
  readonly loads: readonly { readonly naive: Reading; readonly aura: Reading }[];
  readonly silence: { readonly without: number; readonly aura: number };
}

const SPREADS = [
  { jobs: 1, name: 'on one job' },
  { jobs: 100, name: 'spread over 100 jobs' },
];

/** @returns tables as text */
export async function benchElementLoad(): Promise<string> {
  const server = await serveJobs();
  const host = await serveApp(new URL('./element-load-page.ts', import.meta.url));
  const url = `${host.url}/?server=${server.url}`;
  // With its network domain on, the browser reports each event, which slows the reading of a stream.
  const browser = await launchBrowser({ networkEnabled: false });
  const rounds: Round[] = [];
  const read = (crowd: Crowd, jobs: number): Promise<Reading> => readLoad(browser, url, server, crowd, jobs);
  const silent = (crowd: Crowd): Promise<number> => readSilence(browser, url, crowd);
  try {
    while (rounds.length < ROUNDS) {
      const idle = await read('nothing', 1);
      const loads = [];
      for (const { jobs } of SPREADS) loads.push({ naive: await read('naive', jobs), aura: await read('aura', jobs) });
      rounds.push({ idle, loads, silence: { without: await silent('nothing'), aura: await silent('aura') } });
    }
  } finally {
    await browser.close();
    await Promise.all([host.close(), server.close()]);
  }
  const all = (pick: (round: Round) => number): number => median(rounds.map(pick));
  return [...SPREADS.map(({ name }, index) => describeLoad(name, index, all)), describeSilence(all)].join('\n');
}

type All = (pick: (round: Round) => number) => number;

function describeLoad(name: string, index: number, all: All): string {
  const row = (who: string, reading: (round: Round) => Reading, wantedFrames = '', wantedBusy = ''): string => {
    const frames = all((round) => reading(round).frames / round.idle.frames);
    const busy = all((round) => reading(round).busy / round.loads[index]!.naive.busy);
    return (
      `  ${who.padEnd(20)} ${frames.toFixed(2).padStart(5)} × frames (${all((round) => reading(round).frames).toFixed(0)}/s)${wantedFrames}` +
      `  ${busy.toFixed(2).padStart(5)} × main thread (${all((round) => reading(round).busy).toFixed(0)} ms/s)${wantedBusy}`
    );
  };
  return [
    `1,000 events/s into 100 elements for ${SECONDS} s, ${name}`,
    row('idle page', ({ idle }) => idle),
    row('naive widget', ({ loads }) => loads[index]!.naive),
    row(
      '<aura-job-progress>',
      ({ loads }) => loads[index]!.aura,
      `, wanted ≥ ${LEAST_FRAMES}`,
      `, wanted ≤ ${MOST_BUSY}`,
    ),
    '',
  ].join('\n');
}

function describeSilence(all: All): string {
  const without = all(({ silence }) => silence.without);
  const aura = all(({ silence }) => silence.aura);
  return [
    'a page on which nothing happens, CPU time of its main thread',
    `  no elements          ${without.toFixed(2)} ms/s`,
    `  100 live elements    ${aura.toFixed(2)} ms/s, wanted: at most ${MOST_SILENT} more`,
    '',
  ].join('\n');
}
