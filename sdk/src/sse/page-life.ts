/** What happens to a page that its connections must know of. Outside a page nothing ever does. */

const EVENTS = ['online', 'offline', 'pagehide', 'pageshow', 'freeze', 'resume'];

/** @returns a function that stops it */
export function followPage(listener: (event: { readonly type: string }) => void): () => void {
  const page: Partial<EventTarget> = globalThis;
  // Capturing, since `freeze` and `resume` are sent to the document and do not bubble.
  for (const type of EVENTS) page.addEventListener?.(type, listener, true);
  return () => {
    for (const type of EVENTS) page.removeEventListener?.(type, listener, true);
  };
}

/** Whether the browser knows that it has no network. Outside browsers nobody knows. */
export function isOffline(): boolean {
  const { onLine }: { onLine?: boolean } = globalThis.navigator ?? {};
  return onLine !== undefined && !onLine;
}
