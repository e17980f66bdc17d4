/** Does an answer ask us to come back, and when? (RFC 9110, section 10.2.3) */

/**
 * Milliseconds that an answer asks to wait: in `Retry-After` and, where a limit was reached, in any of the headers that
 * say when it ends; the longest counts. In seconds or as a date. `undefined` when there is none.
 */
export function retryAfterMs({ headers, status }: Response): number | undefined {
  let longest: number | undefined;
  headers.forEach((value, name) => {
    if (name !== 'retry-after' && (status !== 429 || !/rate-?limit-reset$/.test(name))) return;
    const seconds = +value;
    // So many seconds are a date as well.
    const ms = seconds < 1e9 ? seconds * 1000 : (seconds * 1000 || Date.parse(value)) - Date.now();
    if (value && !(seconds < 0) && !Number.isNaN(ms)) longest = Math.max(longest ?? 0, ms);
  });
  return longest;
}

/** Whether the same request may succeed later without any change. */
export function isTransient(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
