/** What the packages say of themselves holds together. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { VERSION } from '../../elements/src/shared/version.ts';

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
}

async function manifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(new URL(`../../${folder}/package.json`, import.meta.url), 'utf8')) as Manifest;
}

test('the elements name the version they are published with', async () => {
  expect(VERSION).toBe((await manifest('elements')).version);
});

test.each(['elements', 'reference-server'])('%s asks for the SDK of this repository', async (folder) => {
  expect((await manifest(folder)).dependencies!['@aura-jobs/sdk']).toBe((await manifest('sdk')).version);
});
