/** Types of the tags for templates: JSX in React 19, Vue's `GlobalComponents`, Svelte. They stand on the classes' own types. */

const NOTE = '/** Written by manifest/generate.mjs from the class comments. */';

export function reactTypes(elements) {
  return `${NOTE}
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${importsOf(elements)}

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
${elements.map((element) => `      '${element.tagName}': ${tag(element)};`).join('\n')}
    }
  }
}
`;
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

function tag({ name, members, attributes, events }) {
  const own = members.map((member) => `'${member.name}'`).join(' | ');
  const kebab = attributes.filter((attribute) => attribute.fieldName && attribute.name !== attribute.fieldName);
  const written = kebab.map((attribute) => `'${attribute.name}': ${attribute.type.text}`).join('; ');
  const fired = events.map((event) => `'${event.name}'`).join(' | ');
  return `Tag<${name}, ${own}, { ${written} }${fired ? `, ${fired}` : ''}>`;
}
