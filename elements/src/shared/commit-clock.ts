/** The page's one clock: between two ticks elements only keep their newest snapshot (docs/architecture.md, rule 10). */

/** How long changes are collected, in ms. */
const COMMIT_MS = 100;

/**
 * What each moving element adds, in ms, once they are many: a paint of one takes about a tenth of a millisecond, so
 * however many move, the page keeps its frames.
 */
const EACH_MS = 4;

/** Slower than this, a bar does not look live. */
const SLOWEST_MS = 1000;

/** Called at a tick. @param crowd how many elements move at this tick */
export type Commit = (crowd: number) => void;

const waiting = new Set<Commit>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** How many moved at the last tick. */
let moved = 0;

/** Runs `commit` at the next tick, once however often it is asked for. The clock stands still while nobody waits. */
export function commitSoon(commit: Commit): void {
  waiting.add(commit);
  timer ??= setTimeout(tick, Math.min(SLOWEST_MS, Math.max(COMMIT_MS, moved * EACH_MS)));
}

/** Takes back a request. */
export function forgetCommit(commit: Commit): void {
  waiting.delete(commit);
  if (waiting.size > 0) return;
  clearTimeout(timer);
  timer = undefined;
}

function tick(): void {
  timer = undefined;
  const due = [...waiting];
  waiting.clear();
  moved = due.length;
  for (const commit of due) commit(due.length);
}
