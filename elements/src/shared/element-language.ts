/** Gives an element the texts of its language, and renders them in their direction. */
import type { LitElement, ReactiveController } from 'lit';
import { en } from '../locales/en.ts';
import type { Strings } from '../locales/en.ts';
import { stringsFor, watchStrings } from '../locales/strings.ts';
import { languageAt, watchLanguage } from './page-language.ts';
import type { PageLanguage } from './page-language.ts';

/** Reactive controller: chooses by the nearest `lang`, and again whenever that or the page's texts change. */
export class ElementLanguage implements ReactiveController {
  strings: Strings = en;
  readonly #host: LitElement;
  #own = '';
  #page: PageLanguage = { tag: '', directed: false };
  #stops: (() => void)[] = [];

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = [watchLanguage(this.#host, this.#turned), watchStrings(this.#choose)];
    this.#choose();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  hostUpdate(): void {
    if (this.#host.lang !== this.#own) this.#choose();
  }

  hostUpdated(): void {
    const { tag, directed } = this.#page;
    const { lang, dir } = this.strings;
    // Texts in another language than the page asked for are marked as such, and keep the direction of the page.
    const foreign = tag !== '' && baseOf(tag) !== baseOf(lang);
    for (const element of (this.#host.renderRoot as ShadowRoot).children) {
      mark(element, 'lang', foreign ? lang : '');
      mark(element, 'dir', directed || foreign || !tag ? '' : dir);
    }
  }

  /** Most of what changes on a page changes nothing here. */
  readonly #turned = (): void => {
    const { tag, directed } = languageAt(this.#host);
    if (tag !== this.#page.tag || directed !== this.#page.directed) this.#choose();
  };

  readonly #choose = (): void => {
    this.#own = this.#host.lang;
    this.#page = languageAt(this.#host);
    this.strings = stringsFor(this.#page.tag);
    this.#host.requestUpdate();
  };
}

function baseOf(tag: string): string {
  return tag.split('-')[0]!.toLowerCase();
}

function mark(element: Element, name: string, value: string): void {
  if ((element.getAttribute(name) ?? '') === value) return;
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}
