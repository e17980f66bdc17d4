/** As much of Svelte as the types of the tags need: Svelte itself is not installed here. */
declare module 'svelte/elements' {
  export interface HTMLAttributes<T extends EventTarget> {
    class?: string;
    onclick?: (event: MouseEvent & { currentTarget: T }) => void;
  }
  // oxlint-disable-next-line typescript/no-empty-object-type -- filled by those who bring elements
  export interface SvelteHTMLElements {}
}
