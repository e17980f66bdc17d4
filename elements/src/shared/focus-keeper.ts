/** Keeps the keyboard focus inside an element when the control that had it moves or goes away. */
import type { LitElement, ReactiveController } from 'lit';

/** Gives a lost focus back to its control, or to the part of the element that is marked `data-focus-home`. */
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
    const { shadowRoot } = this.#host;
    if (!this.#focused || shadowRoot?.activeElement === this.#focused) return;
    // A row that was moved in its list has lost the focus, too.
    if (this.#focused.isConnected) (this.#focused as HTMLElement).focus({ preventScroll: true });
    else shadowRoot?.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  }
}
