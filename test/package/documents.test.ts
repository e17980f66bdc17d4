/** The documents are true to the repository: their links lead somewhere, and the settings they name are all there are. */
import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { stdout } = await promisify(execFile)('git', ['ls-files', '*.md'], { cwd: ROOT });
const FILES = stdout.trim().split('\n');
const texts = new Map(await Promise.all(FILES.map(async (file) => [file, await read(file)] as const)));

function read(file: string): Promise<string> {
  return readFile(join(ROOT, file), 'utf8');
}

/** The name that GitHub gives to a heading. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test.each(FILES)('%s: every link leads somewhere', async (file) => {
  const links = [...texts.get(file)!.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  for (const link of links.filter((target) => !/^https?:/.test(target))) {
    const [path, anchor] = link.split('#') as [string, string?];
    const target = path ? join(dirname(file), path) : file;
    await expect(access(join(ROOT, target)), link).resolves.toBeUndefined();
    if (anchor) expect(anchors(await read(target)), link).toContain(anchor);
  }
});

test('each setting of the server is told to its operator, and none that is not there', async () => {
  const source =
    (await read('reference-server/src/config.ts')) +
    (await read('reference-server/src/notifications/notify-config.ts'));
  const settings = [...source.matchAll(/^ {2}(AURA_\w+): /gm)].map(([, name]) => name!);
  expect(settings.length).toBeGreaterThan(40);
  const forOperators = ['docs/operating.md', 'docs/protocol.md', 'docs/scaling.md']
    .map((file) => texts.get(file)!)
    .join();
  expect(settings.filter((name) => !forOperators.includes(name))).toEqual([]);

  // Where the examples look for the server, and the list of directives.
  const others = new Set(['AURA_URL', 'VITE_AURA_URL', 'AURA_ELEMENTS', 'AURA_AUTH_']);
  const named = [...[...texts.values()].join().matchAll(/\b\w*AURA_\w+/g)].map(([name]) => name);
  expect(named.filter((name) => !settings.includes(name) && !others.has(name))).toEqual([]);
});
