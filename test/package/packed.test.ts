/** The SDK as the registry would hand it out: every entry can be required, imported and type-checked from outside. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sdk from '../../sdk/package.json' with { type: 'json' };

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const ENTRIES = Object.keys(sdk.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => `@aura-jobs/sdk${entry.slice(1)}`);

let app: string;

beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'aura-packed-'));
  // What the tests have built is packed as it is.
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', app], { cwd: join(ROOT, 'sdk') });
  const [tarball] = await readdir(app);
  await run('tar', ['xzf', tarball!], { cwd: app });
  await mkdir(join(app, 'node_modules/@aura-jobs'), { recursive: true });
  await rename(join(app, 'package'), join(app, 'node_modules/@aura-jobs/sdk'));
  // Its peers, and what they bring.
  for (const name of ['react', 'vue', '@vue', '@types', 'csstype']) {
    await symlink(join(ROOT, 'node_modules', name), join(app, 'node_modules', name));
  }
  await writeFile(join(app, 'package.json'), '{ "private": true }');
  const lines = ENTRIES.map((entry, n) => `import * as entry${n} from '${entry}';\nexport { entry${n} };\n`);
  for (const name of ['app.ts', 'app.mts']) await writeFile(join(app, name), lines.join(''));
});

afterAll(() => rm(app, { recursive: true, force: true }));

test.each(ENTRIES)('%s gives CommonJS and modules the same', async (entry) => {
  const code = `
    import { createRequire } from 'node:module';
    const required = createRequire(process.cwd() + '/app.js')('${entry}');
    const imported = await import('${entry}');
    if (required !== imported && required.default !== imported.default) throw new Error('two copies');
    console.log(Object.keys(imported).length);
  `;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: app });
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(stderr).toBe('');
});

test.each([
  ['node16', 'node16', 'app.mts'],
  ['esnext', 'bundler', 'app.ts'],
])('its types are whole for module %s, resolution %s', async (module, resolution, file) => {
  const flags = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--types', 'node'];
  const resolving = ['--module', module, '--moduleResolution', resolution];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, ...flags, ...resolving, file], { cwd: app }).catch(
    ({ stdout: said }: { stdout: string }) => ({ stdout: said }),
  );
  expect(stdout).toBe('');
});
