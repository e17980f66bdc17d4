/** Writes the SRI hashes of the built script-tag files wherever a script tag shows one; with `--check` only says which are out of date. */
import { readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const PLACES = ['README.md', 'elements/README.md', 'examples/script-tag/page/index.html'];
const TAGS = /(src="[^"]*?\/((?:locales\/)?[\w-]+)\.js"\s+integrity=")[^"]*(?=")/g;

const stale = [];
for (const place of PLACES) {
  const path = new URL(place, ROOT);
  const text = readFileSync(path, 'utf8');
  const current = text.replace(TAGS, (_tag, before, name) => before + integrityOf(name));
  if (current === text) continue;
  stale.push(place);
  if (!process.argv.includes('--check')) writeFileSync(path, current);
}

if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(`The SRI hashes are not those of the build: ${stale.join(', ')}. Run "npm run build".\n`);
  process.exitCode = 1;
}

function integrityOf(name) {
  return JSON.parse(readFileSync(new URL(`elements/dist/cdn/${name}.sri.json`, ROOT), 'utf8')).integrity;
}
