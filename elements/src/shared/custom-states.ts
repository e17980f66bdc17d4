/** Conditions of an element that a page can style: `aura-render-status:state(failed)`. */

/** Sets exactly the given states. Browsers without custom states just have none. */
export class CustomStates {
  readonly #internals: ElementInternals | undefined;
  #shown = '';

  constructor(host: HTMLElement) {
    this.#internals = host.attachInternals?.();
  }

  show(states: readonly string[]): void {
    const set = this.#internals?.states;
    if (!set || this.#shown === states.join()) return;
    this.#shown = states.join();
    set.clear();
    for (const state of states) set.add(state);
  }
}
