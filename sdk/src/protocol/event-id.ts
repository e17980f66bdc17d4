/** Event ids `{unix ms}-{counter}`: ordered, so a cursor is one string (guide, "Reconnection Support"; AC-03). */

// As many digits as a date and a safe integer can have.
const FORM = /^(\d{1,15})-(\d{1,15})$/;

/** Whether a string has the form of an event id. */
export function isEventId(id: unknown): id is string {
  return typeof id === 'string' && FORM.test(id);
}

/**
 * Order of two event ids: negative when `a` is older, 0 when equal, positive when newer. Ids of another form sort
 * before all proper ones.
 */
export function compareEventIds(a: string, b: string): number {
  const [, timeA = -1, counterA = -1] = FORM.exec(a) ?? [];
  const [, timeB = -1, counterB = -1] = FORM.exec(b) ?? [];
  return +timeA - +timeB || +counterA - +counterB;
}

/**
 * Whether an event stands at or before the cursor. An id of another form has no order, so only the same one counts as
 * seen.
 */
export function isSeen(id: string | undefined, cursor: string | null | undefined): boolean {
  if (!id || !cursor) return false;
  // Asked for every event. Ids of one length sort as text does, and nearly every one is newer.
  if (id.length === cursor.length && id > cursor) return false;
  return id === cursor || (FORM.test(id) && compareEventIds(id, cursor) < 0);
}

/** The time an event was logged, in Unix milliseconds, or `undefined` for an id of another form. */
export function eventTime(id: string | undefined): number | undefined {
  const match = id && FORM.exec(id);
  return match ? +match[1]! : undefined;
}
