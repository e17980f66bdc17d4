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
  if (a === b) return 0;
  const [dashA, dashB] = [a.indexOf('-'), b.indexOf('-')];
  return part(a, 0, dashA) - part(b, 0, dashB) || part(a, dashA + 1) - part(b, dashB + 1);
}

/** Called for every event, so without a pattern. */
function part(id: string, from: number, to?: number): number {
  const value = Number(id.slice(from, to));
  return value >= 0 ? value : -1;
}

/** The time an event was logged, in Unix milliseconds, or `undefined` for an id of another form. */
export function eventTime(id: string | undefined): number | undefined {
  const match = id && FORM.exec(id);
  return match ? +match[1]! : undefined;
}
