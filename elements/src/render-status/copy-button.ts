/** Buttons that copy a text and say so for two seconds. */
import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';

const COPIED_MS = 2000;

export class CopyButton implements ReactiveController {
  readonly #host: LitElement;
  #copied = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#done();
  }

  /**
   * Nothing where the page may not write to the clipboard; the text itself can still be selected.
   *
   * @param name tells this button from others
   */
  view(name: string, text: string, strings: Strings, label = strings.copy): TemplateResult | typeof nothing {
    if (!globalThis.navigator?.clipboard) return nothing;
    return html`<button part="button copy-button" class="small" type="button" @click=${() => this.#copy(name, text)}>
      <span aria-live="polite">${this.#copied === name ? strings.copied : label}</span>
    </button>`;
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // refused by the person or the browser: then the button just never says that it copied
    }
    this.#done();
    this.#copied = name;
    this.#timer = setTimeout(() => this.#done(), COPIED_MS);
    this.#host.requestUpdate();
  }

  #done(): void {
    clearTimeout(this.#timer);
    this.#copied = '';
    this.#host.requestUpdate();
  }
}
