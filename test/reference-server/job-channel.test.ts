/** What a job with many readers costs those of another one: not a turn. */
import { expect, test } from 'vitest';
import type { Batch } from '../../reference-server/src/events/frame.ts';
import { JobChannel } from '../../reference-server/src/events/job-channel.ts';
import { eventually } from '../support/eventually.ts';
import { FragileLog, PAST_THE_MEMORY } from './fragile-log.ts';

const MANY = 1000;
const EVENTS = 100;

test('AC-62: readers of another job do not wait until all of a thousand have been served', async () => {
  const [loud, quiet] = [new FragileLog(), new FragileLog()];
  const [crowded, other] = [await JobChannel.open('job-1', loud), await JobChannel.open('job-2', quiet)];
  const served = new Set<number>();
  let before: number | undefined;
  for (let n = 0; n < MANY; n++) crowded.follow(() => void served.add(n));
  other.follow(() => void (before = served.size));

  loud.add();
  quiet.add();

  await eventually(() => served.size === MANY);
  expect(before).toBeLessThan(MANY / 2);
});

test('readers that are served in several turns hear of every event, and once is enough for those that came together', async () => {
  const log = new FragileLog();
  const added = (): number => log.events.length - PAST_THE_MEMORY;
  const channel = await JobChannel.open('job-1', log);
  const read: (string | undefined)[] = Array.from({ length: MANY });
  const woken = read.map(() => 0);
  for (let n = 0; n < MANY; n++)
    channel.follow(() => {
      woken[n]!++;
      read[n] = channel.lastId;
      // In the middle of the round, and more than once.
      for (let more = 0; n === MANY / 2 && more < 3 && added() < EVENTS; more++) log.add();
    });

  log.add();

  const last = (): string => log.events.at(-1)!.id;
  await eventually(() => added() === EVENTS && read.every((id) => id === last()));
  expect(Math.max(...woken)).toBeLessThan(EVENTS);
});

test('AC-62: readers that are served in one round are given the same bytes, whatever comes meanwhile', async () => {
  const log = new FragileLog();
  const added = (): number => log.events.length - PAST_THE_MEMORY;
  const channel = await JobChannel.open('job-1', log);
  const read: (string | undefined)[] = Array.from({ length: MANY }, () => channel.lastId);
  const given = new Set<Batch>();
  for (let n = 0; n < MANY; n++)
    channel.follow((upTo) => {
      for (let batch; (batch = channel.after(read[n], upTo)!).frames.length > 0; read[n] = batch.lastId)
        given.add(batch);
      // Between others, more than fifty from either end.
      if (n % 5 === 0 && n > 200 && n < 800 && added() < EVENTS) log.add();
    });

  log.add();

  const last = (): string => log.events.at(-1)!.id;
  await eventually(() => added() === EVENTS && read.every((id) => id === last()));
  // One for each piece of news, to those who hear at once, and a few for all others.
  expect(given.size).toBeLessThan(1.5 * EVENTS);
});
