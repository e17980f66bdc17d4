/** Does an answer ask us to come back, and when? (RFC 9110, section 10.2.3) */

/** Milliseconds in a `Retry-After` header, given in seconds or as an HTTP date; `undefined` when there is none. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? +value * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Whether the same request may succeed later without any change. */
export function isTransient(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
