/** Elements inside an element come from the registry that the element itself came from. */
import type { LitElement } from 'lit';

/** The scoped registries of the HTML standard, which not every browser has and TypeScript's DOM does not know yet. */
interface Scoped {
  readonly customElementRegistry?: CustomElementRegistry | null;
}

/** Call it before the element has its shadow root. Does nothing for an element of the page's one registry. */
export function scopeToRegistry(host: LitElement): void {
  const { customElementRegistry } = host as Scoped;
  if (!customElementRegistry || customElementRegistry === customElements || host.shadowRoot) return;
  const scope: Scoped = { customElementRegistry };
  host.attachShadow({ mode: 'open', ...scope });
  host.renderOptions.creationScope = {
    importNode: (node) => document.importNode(node, scope as unknown as boolean),
  };
}
