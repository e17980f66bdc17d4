/** Many tabs on one log, in schedules nobody would think of: each hears the log, whole, in order and once. */
import { afterEach, describe, expect, test } from 'vitest';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { EventStream } from '@aura-jobs/sdk/sse';
import { shareAcrossTabs } from '@aura-jobs/sdk/browser';
import { eventually } from '../../support/eventually.ts';
import { Log, turn } from './log-transport.ts';

let rooms = 0;
let tabs: Tab[] = [];

afterEach(() => tabs.forEach((tab) => tab.close()));

/** A tab, which may be closed and opened again with its cursor. */
class Tab {
  readonly heard: string[] = [];
  stream: EventStream | undefined;
  /** The cursor it comes with; `''` for none. */
  readonly begin: string;
  readonly #log: Log;
  readonly #url: string;

  constructor(log: Log, url: string, begin: string) {
    this.#log = log;
    this.#url = url;
    this.begin = begin;
  }

  open(): void {
    this.stream ??= connectEventStream(this.#url, {
      lastEventId: this.heard.at(-1) ?? this.begin,
      transport: shareAcrossTabs(this.#log.transport),
      retry: { initialDelayMs: 1, maxAttempts: Infinity },
      onEvent: ({ data }) => void this.heard.push(data),
    });
  }

  close(): void {
    this.stream?.close();
    this.stream = undefined;
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

const newUrl = (): string => `http://localhost/${++rooms}`;

const opaque = (index: number): string => `event-${(index * 7919) % 10_007}-${index}`;

describe.each([
  ['tabs with a cursor', 'cursor', undefined],
  ['tabs with a cursor, ids without an order', 'cursor', opaque],
  ['tabs that begin with the state', 'state', undefined],
  ['some tabs with a cursor', 'either', undefined],
  ['some tabs with a cursor, ids without an order', 'either', opaque],
])('%s', (_name, begin, idAt) => {
  test.each(Array.from({ length: 20 }, (_, index) => index + 1))('schedule %i', async (seed) => {
    const random = randomOf(seed);
    const log = new Log(idAt);
    const url = newUrl();
    log.append(5);
    const first = log.ids[0]!;
    tabs = Array.from(
      { length: 5 },
      () => new Tab(log, url, begin === 'state' || (begin === 'either' && random(2)) ? '' : first),
    );
    for (let step = 0; step < 60; step++) {
      const tab = tabs[random(tabs.length)]!;
      const choice = random(10);
      if (choice < 4) log.append(1 + random(5));
      else if (choice < 6) tab.close();
      else if (choice < 9) tab.open();
      else if (random(2)) log.cut(random(2) ? new Error('cut') : undefined);
      else tab.stream?.reconnect();
      for (let wait = random(4); wait > 0; wait--) await turn();
    }
    for (const tab of tabs) tab.open();
    log.append(5);
    await eventually(() => tabs.every(({ heard }) => heard.at(-1) === log.ids.at(-1))).catch((error: unknown) => {
      const states = tabs.map(({ heard, stream }) => ({ state: stream!.state, last: heard.at(-1) }));
      throw new Error(`Not all have heard ${log.ids.at(-1)}: ${JSON.stringify(states)}`, { cause: error });
    });
    await eventually(() => log.open === 1);
    log.end();
    await eventually(() => tabs.every(({ stream }) => stream!.state.status === 'closed'));

    for (const tab of tabs) {
      // The greeting leaves out what led to the state.
      const [since, heard] = tab.begin ? [1, tab.heard] : [log.ids.indexOf(tab.heard[1]!), tab.heard.slice(1)];
      expect(heard).toEqual(log.ids.slice(since));
    }
    await eventually(() => log.open === 0);
    await eventually(async () => {
      const { held, pending } = await navigator.locks.query();
      return held!.length + pending!.length === 0;
    });
  });
});
