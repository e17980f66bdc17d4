/** Builds the script-tag files, with their sizes and SRI hashes: SDK, elements and Lit in one ES module, and each language. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';

const everything = {
  input: 'elements/dist/cdn.js',
  output: { file: 'elements/dist/cdn/aura-jobs.js', format: 'es', sourcemap: true, sourcemapExcludeSources: true },
  plugins: [
    nodeResolve({ exportConditions: ['browser'], browser: true }),
    shareThePage(),
    // Only our own templates: Lit has none, and the plugin cannot read a source that defines `unsafeCSS`.
    minifyTemplateLiterals({ include: 'elements/dist/**' }),
    terser({ ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } }),
    writeIntegrity(),
  ],
};

export default [everything, ...languages().map(languageScript)];

/** English is in the elements' own file. */
function languages() {
  const files = readdirSync('elements/src/locales').map((file) => file.replace(/\.ts$/, ''));
  return files.filter((name) => !['en', 'formats', 'strings'].includes(name));
}

/** A second script tag, before or after that of the elements, adds one language. */
function languageScript(tag) {
  const entry = `${tag}-script`;
  const name = tag.replace('-', '');
  return {
    input: entry,
    output: { file: `elements/dist/cdn/locales/${tag}.js`, format: 'es' },
    plugins: [
      {
        name: 'language-script',
        resolveId: (id, importer) =>
          id === entry ? id : importer === entry ? resolve('elements/dist/locales', id) : null,
        load: (id) =>
          id === entry
            ? `import { setStrings } from './strings.js'; import { ${name} } from './${tag}.js'; setStrings('${tag}', ${name});`
            : null,
      },
      nodeResolve(),
      terser({ ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } }),
      writeIntegrity(),
    ],
  };
}

/**
 * Changes to Lit for a file that shares its page with strangers. A page may allow each Trusted Types policy name only
 * once, and its own Lit needs `lit-html`; a second copy of the script, which is refused ours, has nothing to render and
 * must not throw. And Lit's lists of versions would be globals that make the page's own Lit warn.
 */
function shareThePage() {
  const changes = [
    [
      /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:(\w)=>\3\})\):void 0/,
      '(()=>{try{return $1?.createPolicy("aura-lit-html",$2)}catch{}})()',
    ],
    ...['litHtml', 'reactiveElement', 'litElement'].map((name) => [
      new RegExp(`[,;]\\(\\w+\\.${name}Versions\\?\\?=\\[\\]\\)\\.push\\("[\\d.]+"\\)`),
      ';',
    ]),
  ];
  const made = new Set();
  return {
    name: 'share-the-page',
    transform(code) {
      const due = changes.filter(([from]) => from.test(code));
      for (const [from] of due) made.add(from);
      return due.length === 0 ? null : { code: due.reduce((text, change) => text.replace(...change), code), map: null };
    },
    buildEnd(error) {
      const left = changes.filter(([from]) => !made.has(from));
      if (!error && left.length > 0) this.error(`Lit looks different now: ${left.map(([from]) => from).join(' and ')}`);
    },
  };
}

/** Tells what the file weighs, unless rollup runs with `--silent`, and writes `aura-jobs.sri.json` for those who load it with `integrity`. */
function writeIntegrity() {
  return {
    name: 'write-integrity',
    writeBundle({ file }) {
      const code = readFileSync(file);
      const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
      const bytes = { raw: code.length, gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length };
      writeFileSync(file.replace(/js$/, 'sri.json'), `${JSON.stringify({ integrity, bytes }, null, 2)}\n`);
      this.info(`${file}: ${bytes.raw} bytes, ${bytes.gzip} gzip, ${bytes.brotli} brotli\n${integrity}`);
    },
  };
}
