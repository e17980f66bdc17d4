/** Where a URL points on its server. The server's name, user and password are nobody's business. */

/** Path and query of an absolute or relative URL; secrets in the query are taken out later, with all others. */
export function pathOf(url: string): string {
  // A relative URL needs any base at all.
  const { pathname, search } = new URL(url, 'http://base.invalid');
  return pathname + search;
}
