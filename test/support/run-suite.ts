/** `npm test`: checks, builds, runs every kind of test, and ends with one line `N passed, M failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Totals {
  passed: number;
  failed: number;
}

const folder = mkdtempSync(join(tmpdir(), 'aura-suite-'));
const total: Totals = { passed: 0, failed: 0 };

/** Runs a program of this project with this very Node. @returns its exit code */
function run(name: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  process.stdout.write(`\n— ${name} —\n`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A step without tests of its own counts as one. */
async function step(name: string, args: string[]): Promise<boolean> {
  const succeeded = (await run(name, args)) === 0;
  total[succeeded ? 'passed' : 'failed']++;
  return succeeded;
}

/** A runner that died without counting, or that counted nothing at all, is a failure. */
async function suite(
  name: string,
  args: string[],
  totalsFile: string,
  read: (json: never) => Totals,
  env = {},
): Promise<void> {
  const code = await run(name, args, env);
  let counted: Totals = { passed: 0, failed: 0 };
  try {
    counted = read(JSON.parse(readFileSync(totalsFile, 'utf8')) as never);
  } catch (error) {
    process.stderr.write(`${name}: no totals (${String(error)})\n`);
  }
  const fault = counted.failed === 0 && (code !== 0 || counted.passed === 0) ? 1 : 0;
  total.passed += counted.passed;
  total.failed += counted.failed + fault;
}

const vitest = join(folder, 'vitest.json');
const elements = join(folder, 'elements.json');

const built =
  (await step('types and build', ['node_modules/typescript/bin/tsc', '-b'])) &&
  (await step('script-tag bundle', ['node_modules/rollup/dist/bin/rollup', '-c', '--silent']));
if (built) {
  await step('types of tests and examples', ['node_modules/typescript/bin/tsc', '-p', 'test']);
  await step('lint', ['node_modules/oxlint/bin/oxlint', '--type-aware']);
  await step('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']);
  await suite(
    'SDK, server, pages',
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitest}`],
    vitest,
    // Whatever did not pass counts against the suite, a test that was left out as well.
    ({ numPassedTests, numTotalTests }: { numPassedTests: number; numTotalTests: number }) => ({
      passed: numPassedTests,
      failed: numTotalTests - numPassedTests,
    }),
  );
  await suite('elements', ['node_modules/@web/test-runner/dist/bin.js'], elements, (totals: Totals) => totals, {
    WTR_TOTALS: elements,
  });
}

rmSync(folder, { recursive: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
