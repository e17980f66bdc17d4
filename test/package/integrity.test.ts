/** The SRI hashes that people copy are those of the files that the build makes. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

test('the READMEs and the example show the hashes of the build', async () => {
  const script = fileURLToPath(new URL('elements/manifest/integrity.mjs', ROOT));
  const { stderr } = await promisify(execFile)(process.execPath, [script, '--check']).catch(
    (error: { stderr: string }) => error,
  );

  expect(stderr).toBe('');
});

test.each(['README.md', 'elements/README.md', 'examples/script-tag/page/index.html'])('%s shows one', async (place) => {
  const text = await readFile(new URL(place, ROOT), 'utf8');
  expect(text).toMatch(/src="[^"]*\/aura-jobs\.js"\s+integrity="sha384-[\w+/=]{64}"\s+crossorigin/);
});
