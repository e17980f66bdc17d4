/** Which language the page asks for at an element, also live. One observer serves all elements, while there are any. */

export interface PageLanguage {
  /** Language tag of the nearest `lang`, through shadow borders; empty where the page says nothing. */
  readonly tag: string;
  /** The page says the direction at least as near as the language. */
  readonly directed: boolean;
}

/** The element's own `lang` comes first, also before it has become an attribute. */
export function languageAt(element: HTMLElement): PageLanguage {
  let directed = false;
  for (let node: Node | null = element; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null) {
    if (!(node instanceof Element)) continue;
    directed ||= node.hasAttribute('dir');
    const tag = node === element ? element.lang : node.getAttribute('lang');
    if (tag) return { tag, directed };
  }
  return { tag: '', directed };
}

const FILTER: MutationObserverInit = { attributes: true, attributeFilter: ['lang', 'dir'], subtree: true };

/** How many elements look at each tree: the document's, and those of the shadow roots around them. */
const trees = new Map<Node, number>();
const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls `changed` when any `lang` or `dir` around the element may have changed. @returns a function that ends it */
export function watchLanguage(element: Element, changed: () => void): () => void {
  const around = treesAround(element);
  observer ??= new MutationObserver(() => listeners.forEach((listener) => listener()));
  listeners.add(changed);
  for (const tree of around) {
    const count = trees.get(tree) ?? 0;
    trees.set(tree, count + 1);
    if (count === 0) observer.observe(tree, FILTER);
  }
  return () => {
    listeners.delete(changed);
    for (const tree of around) leave(tree);
  };
}

/** An observer cannot let go of one tree alone. */
function leave(tree: Node): void {
  const count = trees.get(tree)! - 1;
  if (count > 0) return void trees.set(tree, count);
  trees.delete(tree);
  observer?.disconnect();
  for (const left of trees.keys()) observer?.observe(left, FILTER);
}

function treesAround(element: Element): Node[] {
  const around: Node[] = [];
  for (let node: Node | undefined = element; node; node = (around.at(-1) as ShadowRoot).host) {
    around.push(node.getRootNode());
  }
  return around;
}
