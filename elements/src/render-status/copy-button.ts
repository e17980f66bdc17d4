/** A button that copies a text and says so for two seconds. */
import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';

const COPIED_MS = 2000;

export class CopyButton implements ReactiveController {
  readonly #host: LitElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#done();
  }

  /** Nothing where the page may not write to the clipboard; the text itself can still be selected. */
  view(text: string, strings: Strings): TemplateResult | typeof nothing {
    if (!globalThis.navigator?.clipboard) return nothing;
    return html`<button part="button copy-button" class="small" type="button" @click=${() => this.#copy(text)}>
      <span aria-live="polite">${this.#timer === undefined ? strings.copy : strings.copied}</span>
    </button>`;
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // refused by the person or the browser: then the button just never says that it copied
    }
    this.#done();
    this.#timer = setTimeout(() => this.#done(), COPIED_MS);
    this.#host.requestUpdate();
  }

  #done(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  }
}
