/** What a job with many readers costs those of another one: not a turn. */
import { expect, test } from 'vitest';
import { JobChannel } from '../../reference-server/src/events/job-channel.ts';
import { eventually } from '../support/eventually.ts';
import { FragileLog, PAST_THE_MEMORY } from './fragile-log.ts';

const MANY = 1000;
const EVENTS = 100;

test('AC-62: readers of another job do not wait until all of a thousand have been served', async () => {
  const [loud, quiet] = [new FragileLog(), new FragileLog()];
  const [crowded, other] = [await JobChannel.open('job-1', loud), await JobChannel.open('job-2', quiet)];
  let served = 0;
  let before: number | undefined;
  for (let n = 0; n < MANY; n++) crowded.follow(() => void served++);
  other.follow(() => void (before = served));

  loud.add();
  quiet.add();

  await eventually(() => served === MANY);
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
