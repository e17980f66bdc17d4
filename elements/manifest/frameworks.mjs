/** The elements in frameworks: components for React, directives for Angular, types of the tags for JSX, Vue and Svelte. They stand on the classes' own types. */

const NOTE = '/** Written by manifest/generate.mjs from the class comments. */';

export function reactComponents(elements) {
  const classes = elements.map(({ name }) => `${name} as ${name}Element`).join(', ');
  return `${NOTE}
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ${classes} } from '../index.ts';
import { wrapElement } from './wrap-element.ts';

/** Own properties of a class, attributes by their names in HTML, and \`on…\` for each event. */
type Tag<Class, Own extends keyof Class, Attributes, Event extends keyof HTMLElementEventMap = never> = DetailedHTMLProps<
  Omit<HTMLAttributes<Class>, Own>,
  Class
> &
  Partial<Pick<Class, Own>> &
  Partial<Attributes> & { [Name in Event as \`on\${Name}\`]?: (event: HTMLElementEventMap[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.map((element) => `      '${element.tagName}': ${tag(element, `${element.name}Element`)};`).join('\n')}
    }
  }
}

${elements.map(reactComponent).join('\n\n')}
`;
}

/** For React 18, and for those who like components better than tags. */
function reactComponent({ name, tagName, summary, members, events }) {
  const lists = [members, events].filter(({ length }) => length > 0).map((list) => `[${list.map(quoted).join(', ')}]`);
  return `/** \`<${tagName}>\`: ${summary} */
export const ${name} = wrapElement('${tagName}', ${lists.join(', ')});`;
}

/**
 * A directive for each element, so that Angular's compiler checks the names and types of what a template binds; it needs
 * no schema then. Written as the Angular package format has it, with partial declarations that the application's own
 * Angular completes. https://angular.dev/tools/libraries/angular-package-format
 */
export function angularDirectives(elements) {
  return `${NOTE}
import * as angular from '@angular/core';

${elements.map(angularDirective).join('\n\n')}

export const AURA_ELEMENTS = [${elements.map(({ name }) => name).join(', ')}];
`;
}

function angularDirective({ name, tagName, members }) {
  const setters = members.map(({ name: property, type }) => {
    const value = type.text === 'boolean' ? 'angular.booleanAttribute(value)' : 'value';
    return `  set ${property}(value) {
    this.#element.${property} = ${value};
  }`;
  });
  return `export class ${name} {
  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: ${name},
    deps: [],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: ${name},
    isStandalone: true,
    selector: '${tagName}',
    inputs: { ${members.map((member) => `${member.name}: '${member.name}'`).join(', ')} },
  });

  #element = angular.inject(angular.ElementRef).nativeElement;

${setters.join('\n')}
}`;
}

/** The directives as the template checker sees them. Events are those of the DOM, typed by the elements' own map. */
export function angularTypes(elements) {
  const classes = elements.map(({ name }) => `${name} as ${name}Element`).join(', ');
  return `${NOTE}
import type { ɵɵDirectiveDeclaration, ɵɵFactoryDeclaration } from '@angular/core';
import type { ${classes} } from '@aura-jobs/elements';

${elements.map(angularType).join('\n\n')}

/** All of them, for the \`imports\` of a component. */
export declare const AURA_ELEMENTS: readonly [${elements.map(({ name }) => `typeof ${name}`).join(', ')}];
`;
}

function angularType({ name, tagName, summary, members }) {
  const setters = members.map(({ name: property, description, type }) => {
    // An attribute without a value is an empty text.
    const also = type.text === 'boolean' ? " | ''" : '';
    return `  /** ${description} */\n  set ${property}(value: ${name}Element['${property}']${also});`;
  });
  const inputs = members.map((member) => `'${member.name}': { 'alias': '${member.name}'; 'required': false }`);
  const declaration = `ɵɵDirectiveDeclaration<${name}, '${tagName}', never, { ${inputs.join('; ')} }, {}, never, never, true, never>`;
  return `/** \`<${tagName}>\`: ${summary} */
export declare class ${name} {
${setters.join('\n')}
  static ɵfac: ɵɵFactoryDeclaration<${name}, never>;
  static ɵdir: ${declaration};
}`;
}

export function vueTypes(elements) {
  return `${NOTE}
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
${importsOf(elements)}

/** A class as a template sees it. */
type Tag<Class, Own extends keyof Class, Attributes, Event extends keyof HTMLElementEventMap = never> = new () => Class & {
  $props: Omit<HTMLAttributes, Own> & Partial<Pick<Class, Own>> & Partial<Attributes> & PublicProps;
  $emit: EmitFn<{ [Name in Event]: (event: HTMLElementEventMap[Name]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
${elements.map((element) => `    '${element.tagName}': ${tag(element)};`).join('\n')}
  }
}
`;
}

export function svelteTypes(elements) {
  return `${NOTE}
import type { HTMLAttributes } from 'svelte/elements';
${importsOf(elements)}

/** Listeners are written \`onaura-…\` since Svelte 5, \`on:aura-…\` before. */
type Tag<Class extends EventTarget, Own extends keyof Class, Attributes, Event extends keyof HTMLElementEventMap = never> = Omit<
  HTMLAttributes<Class>,
  Own
> &
  Partial<Pick<Class, Own>> &
  Partial<Attributes> & { [Name in Event as \`on\${Name}\` | \`on:\${Name}\`]?: (event: HTMLElementEventMap[Name]) => void };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${elements.map((element) => `    '${element.tagName}': ${tag(element)};`).join('\n')}
  }
}
`;
}

function importsOf(elements) {
  return `import type { ${elements.map(({ name }) => name).join(', ')} } from '@aura-jobs/elements';`;
}

function tag({ name, members, attributes, events }, type = name) {
  const own = members.map(quoted).join(' | ');
  const kebab = attributes.filter((attribute) => attribute.fieldName && attribute.name !== attribute.fieldName);
  const written = kebab.map((attribute) => `'${attribute.name}': ${attribute.type.text}`).join('; ');
  const fired = events.map(quoted).join(' | ');
  return `Tag<${type}, ${own}, { ${written} }${fired ? `, ${fired}` : ''}>`;
}

function quoted({ name }) {
  return `'${name}'`;
}
