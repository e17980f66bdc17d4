/** Many readers of one job: those in front hear at once, the others in rounds, and all hear the same. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import type { Batch } from '../../reference-server/src/events/frame.ts';
import type { Sink, SinkListener } from '../../reference-server/src/events/sink.ts';
import { eventually } from '../support/eventually.ts';
import { FragileLog, PAST_THE_MEMORY } from './fragile-log.ts';

const READERS = 400;
const EVENTS = 3000;

/** A reader that is now and then not ready for more, for some turns of the event loop. */
class HaltingSink implements Sink {
  readonly ids: (string | undefined)[] = [];
  ending: string | undefined;
  readonly #random: (below: number) => number;
  #listener: SinkListener | undefined;

  constructor(random: (below: number) => number) {
    this.#random = random;
  }

  open(listener: SinkListener): void {
    this.#listener = listener;
  }

  write({ frames }: Batch): boolean {
    this.ids.push(...frames.map(({ id }) => id));
    if (this.#random(4) > 0) return true;
    void this.#rest(this.#random(30));
    return false;
  }

  keepAlive(): boolean {
    return true;
  }

  end(ending: string): void {
    this.ending = ending;
    this.#listener!.closed();
  }

  async #rest(turns: number): Promise<void> {
    for (let left = turns; left >= 0; left--) await nextTurn();
    this.#listener!.drained();
  }
}

/** Repeatable, so that a failure can be looked at. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

test.each([1, 2, 3, 4, 5])('each hears everything, in order and once, and the end: schedule %i', async (seed) => {
  const random = randomOf(seed);
  const log = new FragileLog();
  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 600_000 });
  const readers: { sink: HaltingSink; from: number }[] = [];
  const join = (): Promise<void> =>
    hub.withChannel('job-1', async (source) => {
      const sink = new HaltingSink(random);
      const from = log.events.length;
      readers.push({ sink, from });
      hub.serve({ sink, source, start: { from: 'log', after: log.events.at(-1)!.id } });
    });
  while (readers.length < READERS / 2) await join();

  while (log.events.length < PAST_THE_MEMORY + EVENTS) {
    for (let count = random(8); count > 0; count--) log.add();
    if (readers.length < READERS && random(2)) await join();
    for (let wait = random(4); wait > 0; wait--) await nextTurn();
  }
  log.add('{}', 'job-completed');

  await eventually(() => readers.every(({ sink }) => sink.ending !== undefined));
  for (const { sink, from } of readers) {
    expect(sink.ending).toBe('complete');
    expect(sink.ids).toEqual(log.events.slice(from).map(({ id }) => id));
  }
  expect(readers.length).toBe(READERS);
});
