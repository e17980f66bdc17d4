/** Reads the element classes: the custom elements manifest, with what the analyzer cannot know by itself. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from '@custom-elements-manifest/analyzer/src/create.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

// The analyzer's own TypeScript: the project's has no API.
const ts = createRequire(import.meta.resolve('@custom-elements-manifest/analyzer/package.json'))('typescript');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LISTS = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'];

/** @returns the manifest of the registered elements, with the paths of the built files */
export function analyze() {
  const sources = new Map(
    globSync('src/**/*.ts', { cwd: ROOT })
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(ROOT, path), 'utf8')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { modules } = create({
    modules: [...sources].map(([path, text]) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2015, true)),
    plugins: litPlugin(),
    context: { dev: false, thirdPartyCEMs: [] },
  });
  const elements = findElements(modules, [...sources.values()].join('\n'));
  const unions = findUnions([...sources.values()].join('\n'));
  for (const { declaration } of elements) tidy(declaration, unions);
  for (const { declaration, path } of elements) {
    addTokens(declaration, elements, tokensOf(path, sources));
    addStates(declaration, elements);
  }
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: elements.map(({ declaration, path }) => moduleOf(declaration, built(path))),
  };
}

/** The classes that `define.ts` files register. */
function findElements(modules, code) {
  return [...code.matchAll(/^defineElement\('([^']+)', (\w+)\)/gm)].map(([, tagName, name]) => {
    const { path, declarations } = modules.find((module) => module.declarations?.some(isClass(name)));
    const declaration = declarations.find(isClass(name));
    return { path, declaration: { ...declaration, tagName, customElement: true } };
  });
}

/** Elsewhere the name is that of a component. */
function isClass(name) {
  return (one) => one.name === name && one.kind === 'class';
}

/** Types such as `'card' | 'inline'` by name: editors offer the values. */
function findUnions(code) {
  const found = code.matchAll(/^export type (\w+) =((?:\s*\|?\s*'[^']*')+);/gm);
  return new Map([...found].map(([, name, values]) => [name, values.match(/'[^']*'/g).join(' | ')]));
}

/** Public things alone, with the values of their types. */
function tidy(declaration, unions) {
  declaration.members = declaration.members.filter(
    ({ privacy, static: shared, kind }) => kind === 'field' && privacy === 'public' && !shared,
  );
  for (const list of LISTS) declaration[list] ??= [];
  // The analyzer also lists what it sees dispatched, without a name.
  declaration.events = declaration.events.filter(({ name }) => name);
  for (const one of LISTS.flatMap((list) => declaration[list])) {
    delete one.inheritedFrom;
    if (one.type) one.type.text = unions.get(one.type.text) ?? one.type.text;
  }
  const [summary, ...rest] = declaration.summary.split('\n\n');
  Object.assign(declaration, { summary, description: rest.join('\n\n') });
}

/** Every custom property that the element's styles read, wherever it is described. */
function addTokens(declaration, elements, names) {
  const described = elements.flatMap((element) => element.declaration.cssProperties);
  for (const name of names) {
    if (declaration.cssProperties.some((property) => property.name === name)) continue;
    const property = described.find((one) => one.name === name);
    if (!property) throw new Error(`${declaration.name} reads ${name}, which no class comment describes.`);
    declaration.cssProperties.push(property);
  }
}

/** States are shown by the base class, and described at one of its classes. */
function addStates(declaration, elements) {
  const { superclass, cssStates } = declaration;
  const relatives = elements.filter(
    ({ declaration: one }) => one.superclass.name === superclass.name && !superclass.package,
  );
  for (const state of relatives.flatMap((relative) => relative.declaration.cssStates)) {
    if (!cssStates.some(({ name }) => name === state.name)) cssStates.push(state);
  }
}

/** Names in the style sheets that a class imports. */
function tokensOf(path, sources) {
  const sheets = [...sources.get(path).matchAll(/from '(\.[^']+\.styles\.ts)'/g)];
  const css = sheets.map(([, sheet]) => sources.get(join(dirname(path), sheet).replaceAll('\\', '/'))).join('\n');
  return new Set([...css.matchAll(/var\((--aura-[\w-]+)/g)].map(([, name]) => name));
}

function moduleOf(declaration, path) {
  const { name, tagName } = declaration;
  return {
    kind: 'javascript-module',
    path,
    declarations: [{ ...declaration, superclass: undefined }],
    exports: [
      { kind: 'js', name, declaration: { name, module: path } },
      { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } },
    ],
  };
}

function built(path) {
  return path.replace(/^src/, 'dist').replace(/ts$/, 'js');
}
