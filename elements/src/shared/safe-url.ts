/** Decides which addresses of the server may become links. */

const SAFE = new Set(['http:', 'https:', 'blob:']);

/** The absolute address, or `undefined` for anything that a browser would not simply fetch, such as `javascript:`. */
export function safeUrl(address: string | null): URL | undefined {
  const url = address && URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : undefined;
  return url && SAFE.has(url.protocol) ? url : undefined;
}
