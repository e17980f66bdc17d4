/** The elements as React components: in React 19, and in a throw-away project with React 18 and the packages as published. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import type { WrappedApp } from './wrapped-app.tsx';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const APP = new URL('wrapped-app.tsx', import.meta.url);
const INSTALL_MS = 300_000;

declare const app: WrappedApp;

let browser: Browser;
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-react-18-'));
  [browser, server] = await Promise.all([launchBrowser(), startReferenceServer()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function createJob(inputs: Record<string, unknown>): Promise<string> {
  return (await new AuraClient({ baseUrl: server.url }).jobs.create({ preset: 'simulated', inputs })).jobId;
}

/** @returns the app's entry in a project of its own */
async function react18(): Promise<URL> {
  for (const name of ['sdk', 'elements']) {
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: join(ROOT, name) });
  }
  const tarballs = (await readdir(folder)).map((file) => `./${file}`);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const others = ['react@18.3.1', 'react-dom@18.3.1', '@types/react@18.3.8', '@types/react-dom@18.3.7'];
  await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...others], { cwd: folder });
  await copyFile(APP, join(folder, 'app.tsx'));
  return pathToFileURL(join(folder, 'app.tsx'));
}

describe.each([
  ['19', () => Promise.resolve(APP)],
  ['18', react18],
])('React %s', (major, entry) => {
  let host: ScriptedServer;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    host = await serveApp(await entry(), []);
  }, INSTALL_MS);

  afterAll(() => host?.close());

  beforeEach(async () => {
    ({ page, faults } = await openPage(browser));
    await page.goto(`${host.url}?api=${server.url}`);
    await page.waitForFunction(() => 'app' in window);
  });

  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  test('properties arrive as properties, and one that is taken away is as it was', async () => {
    expect(await page.evaluate(() => app.version)).toMatch(new RegExp(`^${major}\\.`));
    const [one, two] = await Promise.all([createJob({ hold: true }), createJob({ hold: true })]);
    await page.evaluate((jobId) => app.show({ jobId, variant: 'ring', cancellable: true, lang: 'de' }, 'first'), one);
    const read = () => {
      const it = app.progress.current!;
      const provider = it.closest('aura-client')!;
      const { jobId, variant, cancellable, lang, className } = it;
      return { jobId, variant, cancellable, lang, className, client: provider.client === app.client };
    };
    await page.waitForFunction(() => app.progress.current?.jobId);
    expect(await page.evaluate(read)).toEqual({
      jobId: one,
      variant: 'ring',
      cancellable: true,
      lang: 'de',
      className: 'mine',
      client: true,
    });

    await page.evaluate((jobId) => app.show({ jobId }, 'second'), two);
    await page.waitForFunction((jobId) => app.progress.current?.jobId === jobId, {}, two);
    expect(await page.evaluate(read)).toMatchObject({ variant: 'bar', cancellable: false, lang: '' });
  });

  test('the newest listener hears an event, once, and none after the component is gone', async () => {
    const jobId = await createJob({ events: 10, eventsPerSecond: 20 });
    await page.evaluate((id) => app.show({ jobId: id }, 'first'), jobId);
    await page.evaluate((id) => app.show({ jobId: id }, 'second'), jobId);
    await page.waitForFunction(() => app.heard.length > 0);

    expect(await page.evaluate(() => app.heard)).toEqual([`second aura-job-completed ${jobId}`]);

    const again = await page.evaluate(() => {
      const { current } = app.progress;
      app.unmount();
      current!.dispatchEvent(new Event('aura-job-completed'));
      return app.heard.length;
    });
    expect(again).toBe(1);
  });
});

test('the published types fit those of React 18', async () => {
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      jsx: 'react-jsx',
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2022',
      types: [],
    },
    files: ['app.tsx'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error);

  expect(stdout).toBe('');
});
