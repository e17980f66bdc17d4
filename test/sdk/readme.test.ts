/** The README of the SDK can be copied from: its code compiles, and it leaves no entry out. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = await readFile(join(ROOT, 'sdk/README.md'), 'utf8');

/** What a sample may use without saying where it comes from: things of the reader's own program. */
const READERS_OWN = `
import type { AuraClient, JobSnapshot } from '@aura-jobs/sdk';
declare global {
  const client: AuraClient;
  const jobId: string;
  const jobIds: string[];
  const session: { token(): string };
  function showProgress(job: JobSnapshot | null): void;
  function showFailure(title: string, remediation: string, can?: { canRetry: boolean; canFix: boolean }): void;
}
`;

interface Sample {
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

const samples: Sample[] = [...README.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ index, 1: language, 2: code }) => ({
  line: README.slice(0, index).split('\n').length + 1,
  language: language!,
  code: code!,
}));

let folder: string | undefined;

afterEach(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
  folder = undefined;
});

/** Type-checks samples as modules of a strict project. @returns what the compiler says */
async function compile(list: readonly Sample[]): Promise<string> {
  await mkdir(join(ROOT, 'test/output'), { recursive: true });
  // Inside the repository, so that the packages are found as in a project of their own.
  folder = await mkdtemp(join(ROOT, 'test/output/readme-'));
  const config = { extends: '../../tsconfig.json', include: ['.'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await writeFile(join(folder, 'readers-own.ts'), READERS_OWN);
  for (const { line, language, code } of list) {
    // Blank lines in front, so that an error names the line in the README.
    const text = `${'\n'.repeat(line - 1)}${code}\nexport {};\n`;
    await writeFile(join(folder, `sample-${line}.${language}`), text);
  }
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    // A sample shows values that it does not use.
    const args = [tsc, '-p', folder!, '--noUnusedLocals', 'false', '--pretty', 'false'];
    execFile(process.execPath, args, (error, stdout) => resolve(error ? stdout || error.message : stdout));
  });
}

test('every sample compiles', async () => {
  expect(samples.length).toBeGreaterThan(15);
  expect(samples.filter(({ language }) => !/^tsx?$/.test(language))).toEqual([]);

  expect(await compile(samples)).toBe('');
});

test('a sample with a wrong name does not', async () => {
  const code = `const { nothing } = await client.jobs.get(jobId);`;

  expect(await compile([{ line: 7, language: 'ts', code }])).toMatch(/sample-7\.ts\(7,9\): error TS2339/);
});

test('every entry of the package is described', async () => {
  const { name, exports } = JSON.parse(await readFile(join(ROOT, 'sdk/package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, unknown>;
  };
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));

  for (const entry of entries) expect(README).toContain(`| \`${name}${entry.slice(1)}\` `);
});

test('every error class is described, and every link leads somewhere', async () => {
  const sdk = await import('@aura-jobs/sdk');
  for (const name of Object.keys(sdk).filter((word) => /^[A-Z]\w*Error$/.test(word))) expect(README).toContain(name);

  const links = [...README.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) await readFile(join(ROOT, 'sdk', link), 'utf8');
});
