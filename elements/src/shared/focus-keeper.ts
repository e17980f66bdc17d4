/** Keeps the keyboard focus inside an element when the control that had it goes away. */
import type { LitElement, ReactiveController } from 'lit';

/** Moves a lost focus to the part of the element that is marked `data-focus-home`. */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #focused: Element | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    this.#host.renderRoot.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  }
}
