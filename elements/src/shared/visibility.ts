/** Tells an element whether anybody can see it: on screen, or nearly, on a page that is not hidden; or on paper. */

type Changed = (visible: boolean) => void;

const listeners = new WeakMap<Element, Changed>();
let shared: IntersectionObserver | undefined;

/**
 * Calls `changed` whenever the answer changes; until the first call the element counts as visible.
 *
 * @param onTop whether it is shown above the page wherever it stands
 * @returns a function that ends it
 */
export function watchVisibility(element: Element, changed: Changed, onTop: () => boolean): () => void {
  let onScreen = true;
  const report = (): void => changed((onScreen || onTop()) && !document.hidden);
  const print = (): void => changed(true);
  const observer = sharedObserver();
  listeners.set(element, (visible) => {
    onScreen = visible;
    report();
  });
  observer?.observe(element);
  document.addEventListener('visibilitychange', report);
  window.addEventListener('beforeprint', print);
  window.addEventListener('afterprint', report);
  return () => {
    observer?.unobserve(element);
    listeners.delete(element);
    document.removeEventListener('visibilitychange', report);
    window.removeEventListener('beforeprint', print);
    window.removeEventListener('afterprint', report);
  };
}

function sharedObserver(): IntersectionObserver | undefined {
  if (typeof IntersectionObserver === 'undefined') return undefined;
  return (shared ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: '20%' },
  ));
}
