/** Requests that arrive together take turns. */
import type { RequestListener } from 'node:http';

/** So many that were begun are let go of at once. */
const MANY = 1024;

/**
 * Begins at most one request in each turn of the event loop, in their order: when a thousand readers come back at once,
 * those who are there already get their events in between. A request that comes alone waits for nothing.
 */
export function oneByOne(listener: RequestListener): RequestListener {
  const waiting: Parameters<RequestListener>[] = [];
  let next = 0;
  let taken = false;

  function begin(...arrived: Parameters<RequestListener>): void {
    taken = true;
    setImmediate(pass);
    listener(...arrived);
  }

  /** An index instead of `shift`, so that a long queue costs no more for each than a short one. */
  function pass(): void {
    const arrived = waiting[next++];
    if (!arrived || next === MANY) {
      waiting.splice(0, next);
      next = 0;
    }
    if (arrived) return begin(...arrived);
    taken = false;
  }

  return (...arrived) => {
    if (taken) waiting.push(arrived);
    else begin(...arrived);
  };
}
