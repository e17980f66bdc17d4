/** What the documents print can be copied: the page, the program and the commands run as they stand. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { findProgram } from '../support/installed-program.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { CURL } from '../support/programs.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = await readFile(join(ROOT, 'README.md'), 'utf8');
const PROTOCOL = await readFile(join(ROOT, 'docs/protocol.md'), 'utf8');
const DEFAULT_URL = 'http://localhost:5005';
const VIDEO_MS = 90_000;

let server: TestServer;
let client: AuraClient;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_ALLOW_PAUSE: '1', AURA_CONCURRENCY: '4' });
  client = new AuraClient({ baseUrl: server.url });
});

afterAll(() => server?.stop());

/** The samples of one language, in the order of the page, for this server. */
function samples(text: string, language: string): string[] {
  const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code!);
  return found.map((code) =>
    code.replaceAll(DEFAULT_URL, server.url).replaceAll('ws://localhost:5005', server.url.replace('http', 'ws')),
  );
}

async function simulated(seconds: number): Promise<string> {
  const inputs = { seconds, eventsPerSecond: 10 };
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

test('the page, on an origin of its own', async () => {
  const [html, ...others] = samples(README, 'html');
  expect(others).toEqual([]);
  const jobId = await simulated(3);
  const partner = await startScriptedServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html>${html!.replaceAll('job-…', jobId)}`);
  });
  const browser = await launchBrowser();
  try {
    const { page, faults } = await openPage(browser);
    await page.goto(partner.url);
    for (const element of ['aura-job-progress', 'aura-render-status'])
      await page.waitForSelector(`${element}:state(succeeded)`);
    expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
  } finally {
    await browser.close();
    await partner.close();
  }
}, 60_000);

test(
  'the program, in a project of its own',
  async () => {
    const [code, ...others] = samples(README, 'js');
    expect(others).toEqual([]);
    const folder = await mkdtemp(join(tmpdir(), 'aura-readme-'));
    try {
      await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
      await writeFile(join(folder, 'watch.mjs'), code!);
      const { stdout } = await promisify(execFile)(process.execPath, ['watch.mjs'], { cwd: folder });
      const lines = stdout.trim().split('\n');

      expect(lines).toContainEqual(expect.stringMatching(/^\d+ % TTS /));
      expect(lines.at(-2)).toBe('100 % Rendering Succeeded');
      const video = await fetch(lines.at(-1)!, { method: 'HEAD' });
      expect(video.headers.get('content-type')).toBe('video/mp4');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  VIDEO_MS,
);

test('every command of the protocol', async () => {
  const curl = await findProgram(CURL);
  const commands = samples(PROTOCOL, 'sh').flatMap((block) => block.split(/^(?=curl |node )/m));
  expect(commands.length).toBeGreaterThan(12);

  for (const command of commands) {
    // A pause wants a job at work, everything else is soon told of one that has ended.
    const paused = command.includes('/pause');
    const [one, other] = [await simulated(paused ? 60 : 0.2), await simulated(0.2)];
    if (!paused) await client.watch(one).done;
    await client.watch(other).done;
    const filled = command
      .replaceAll('job-1f2e3d4c5b6a7988', one)
      .replaceAll('job-8897a6b5c4d3e2f1', other)
      .replace(/^curl /, `"${curl}" -s -w '\\n%{http_code}' `)
      .replace(/^node /, `"${process.execPath}" `);
    const { stdout } = await promisify(execFile)('sh', ['-c', filled]);

    expect(stdout.trim(), command).toMatch(command.startsWith('curl') ? /\n20\d$|^20\d$/ : /"type":"job-completed"/);
  }
}, 60_000);
