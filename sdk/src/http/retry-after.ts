/** How long did the server ask us to wait? (RFC 9110, section 10.2.3) */

/** Milliseconds in a `Retry-After` header, given in seconds or as an HTTP date; `undefined` when there is none. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? +value * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
