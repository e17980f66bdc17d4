/** `npm run demo`, as a script and as a person who changes their mind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processesWith } from '../support/processes.ts';
import { eventually } from '../support/eventually.ts';

const DEMO = fileURLToPath(new URL('../../examples/node/demo.ts', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-demo-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function demo(...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=aura-source', DEMO, ...args], {
    env: { ...process.env, AURA_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return {
    child,
    output: () => ({ stdout, stderr }),
    ended: once(child, 'close').then(([code]) => code as number),
  };
}

test('--json ends with one object that names real files', async () => {
  const run = demo('--json', '--duration', '00:00:10', '--topic', 'Why bread rises');

  expect(await run.ended).toBe(0);
  const { stdout, stderr } = run.output();
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, string & number>;

  expect(stderr).toBe('');
  expect(result).toMatchObject({ status: 'Succeeded', jobId: expect.stringMatching(/^job-/) });
  expect(result.durationSeconds).toBeGreaterThan(8);
  expect(result.events).toBeGreaterThan(8);
  expect((await stat(result.videoPath!)).size).toBeGreaterThan(50_000);
  expect(await readFile(result.subtitlePath!, 'utf8')).toMatch(/^1\n00:00:0\d,\d{3} --> /);
});

test('Ctrl-C cancels the job, and nothing is left of it', async () => {
  const run = demo('--duration', '00:01:00');
  await eventually(() => run.output().stderr.includes('[5/5'));
  run.child.kill('SIGINT');

  expect(await run.ended).toBe(130);
  expect(processesWith(folder)).toEqual([]);
  await expect(stat(join(folder, 'artifacts'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('--help explains itself', async () => {
  const run = demo('--help');

  expect(await run.ended).toBe(0);
  expect(run.output().stdout).toMatch(/^Usage: npm run demo/);
});

test('a setting that is wrong is named, without talk about options', async () => {
  process.env.AURA_CONCURRENCY = 'many';
  const run = demo();
  delete process.env.AURA_CONCURRENCY;

  expect(await run.ended).toBe(1);
  expect(run.output().stderr).toMatch(/AURA_CONCURRENCY/);
  expect(run.output().stderr).not.toMatch(/Usage/);
});

test.each([
  [['--duration', '00:00:05'], /^planSpec\.targetDuration: must be at least 00:00:10.*\nUsage: npm run demo/],
  [['--duration', '5'], /must be at least 00:00:10/],
  [['--colour'], /Unknown option '--colour'\nUsage: npm run demo/],
])('%j is refused with a reason', async (args, reason) => {
  const run = demo(...args);

  expect(await run.ended).toBe(1);
  expect(run.output().stderr).toMatch(reason);
});
