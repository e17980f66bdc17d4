/** Writes the manifest and what is made from it; with `--check` only says what is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { analyze } from './analyze.mjs';
import { vsCodeCss, vsCodeHtml, webTypes } from './editors.mjs';
import { angularDirectives, angularTypes, reactComponents, svelteTypes, vueTypes } from './frameworks.mjs';

const ROOT = new URL('../', import.meta.url);

const manifest = analyze();
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const files = {
  'custom-elements.json': manifest,
  'vscode.html-custom-data.json': vsCodeHtml(elements),
  'vscode.css-custom-data.json': vsCodeCss(elements),
  'web-types.json': webTypes(elements, JSON.parse(read('package.json'))),
  'angular/index.js': angularDirectives(elements),
  'angular/index.d.ts': angularTypes(elements),
  'src/react/index.ts': reactComponents(elements),
  'types/vue.d.ts': vueTypes(elements),
  'types/svelte.d.ts': svelteTypes(elements),
};

const stale = [];
for (const [path, content] of Object.entries(files)) {
  const filepath = fileURLToPath(new URL(path, ROOT));
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const written = await format(text, { ...(await resolveConfig(filepath)), filepath });
  if (written === read(path)) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(filepath), { recursive: true });
  writeFileSync(filepath, written);
}

if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(`Out of date: ${stale.join(', ')}. Run "npm run manifest -w elements".\n`);
  process.exitCode = 1;
}

function read(path) {
  try {
    return readFileSync(new URL(path, ROOT), 'utf8');
  } catch {
    return '';
  }
}
