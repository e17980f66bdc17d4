/** What editors and frameworks read of the elements is what the class comments say now. */
import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PACKAGE = new URL('../../elements/', import.meta.url);

test('the manifest and what is made from it are up to date', async () => {
  const script = fileURLToPath(new URL('manifest/generate.mjs', PACKAGE));
  const { stderr } = await promisify(execFile)(process.execPath, [script, '--check']).catch(
    (error: { stderr: string }) => error,
  );

  expect(stderr).toBe('');
});

test('package.json leads to them, and takes them along', async () => {
  const { customElements, exports, files, ...fields } = JSON.parse(
    await readFile(new URL('package.json', PACKAGE), 'utf8'),
  ) as { customElements: string; 'web-types': string; exports: Record<string, unknown>; files: string[] };
  const types = ['react', 'angular', 'vue', 'svelte'].map((name) => (exports[`./${name}`] as { types: string }).types);
  const paths = [customElements, fields['web-types'], 'vscode.html-custom-data.json', 'vscode.css-custom-data.json'];

  for (const path of [...types, ...paths]) await access(new URL(path, PACKAGE));
  for (const path of paths) expect(files).toContain(path);
  for (const path of paths) expect(exports[`./${path}`]).toBe(`./${path}`);
  expect(files).toEqual(expect.arrayContaining(['angular', 'dist', 'types']));
});

test('every property that a style sheet reads is described for the element that reads it', async () => {
  const { modules } = JSON.parse(await readFile(new URL('custom-elements.json', PACKAGE), 'utf8')) as {
    modules: { declarations: { tagName: string; cssProperties: { name: string; description: string }[] }[] }[];
  };
  const bar = modules
    .flatMap(({ declarations }) => declarations)
    .find(({ tagName }) => tagName === 'aura-job-progress')!;

  expect(bar.cssProperties.map(({ name }) => name)).toContain('--aura-accent');
  for (const { name, description } of bar.cssProperties) expect(description, name).toMatch(/\w/);
});
