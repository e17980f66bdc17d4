/** Registers an element without getting in the way of a page that has one already. */
import { VERSION } from './version.ts';

/** A class of this package. */
interface ElementClass extends CustomElementConstructor {
  readonly version?: string;
}

/** Defines `tag` once. A tag that exists is left alone, with a note if it is of another version. */
export function defineElement(tag: string, element: ElementClass): void {
  const known: ElementClass | undefined = customElements.get(tag);
  if (!known) customElements.define(tag, element);
  else if (known.version !== VERSION) {
    console.info(`<${tag}> is registered already (version ${known.version ?? 'unknown'}); ${VERSION} was not used.`);
  }
}
