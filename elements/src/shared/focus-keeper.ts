/** Keeps the keyboard focus inside an element when the control that had it moves, goes away or can no more be used. */
import type { LitElement, ReactiveController } from 'lit';

/**
 * Gives a lost focus back to its control. If that is gone, to the first control of its row, else of the rows beside it;
 * and last to the part of the element that is marked `data-focus-home`.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #places: (Element | null | undefined)[] = [];

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    const row = focused?.closest('li');
    const rows = [row, row?.nextElementSibling, row?.previousElementSibling];
    this.#places = focused ? [focused, ...rows.map((item) => item?.querySelector('button'))] : [];
  }

  hostUpdated(): void {
    const { shadowRoot } = this.#host;
    if (this.#places.length === 0) return;
    const kept = this.#places.find(canHaveFocus) ?? shadowRoot?.querySelector('[data-focus-home]');
    // A row that was moved in its list has lost the focus, too.
    if (kept && kept !== shadowRoot?.activeElement)
      (kept as HTMLElement).focus({ preventScroll: kept === this.#places[0] });
  }
}

/** A browser takes the focus from what is disabled or not seen only with the next frame, and tells nobody. */
function canHaveFocus(place: Element | null | undefined): boolean {
  return !!place?.isConnected && !place.matches(':disabled') && place.checkVisibility({ visibilityProperty: true });
}
