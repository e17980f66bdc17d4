/** A run’s events while the disk takes nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import type { EventLog } from '../../reference-server/src/events/event-log.ts';
import { JobWriter } from '../../reference-server/src/jobs/job-writer.ts';

const FULL = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });

let fault: Error | undefined;
let written: string[];
let stop: AbortController;
let writer: JobWriter;

beforeEach(() => {
  fault = FULL;
  written = [];
  stop = new AbortController();
  const log = {
    async append(_jobId: string, events: readonly JobEventDraft[]) {
      if (fault) throw fault;
      written.push(...events.map(({ data }) => (data as { message: string }).message));
      return [];
    },
  } as Partial<EventLog> as EventLog;
  writer = new JobWriter(log, 'job-1', stop.signal);
});

afterEach(() => stop.abort());

const warn = (message: string): JobEventDraft => ({ type: 'warning', data: { message } as never });
const progress = (message: string): JobEventDraft => ({ type: 'step-progress', data: { message } as never });

test('are written in order as soon as there is space, and only then acknowledged', async () => {
  const acknowledged = vi.fn();
  const all = ['a', 'b', 'c'].map((name) => writer.append([warn(name)]).then(acknowledged));
  await new Promise(setImmediate);
  expect(acknowledged).not.toHaveBeenCalled();

  fault = undefined;
  await Promise.all(all);
  await writer.append([warn('d')]);
  expect(written).toEqual(['a', 'b', 'c', 'd']);
});

test('of progress only the newest word is kept, of all else everything', async () => {
  const all = [progress('1'), progress('2'), warn('a'), progress('3'), progress('4')].map((event) =>
    writer.append([event]),
  );
  await new Promise(setImmediate);
  fault = undefined;
  await Promise.all(all);
  expect(written).toEqual(['2', 'a', '4']);
});

test('a stop ends the waiting with its reason', async () => {
  const held = writer.append([warn('a')]);
  await new Promise(setImmediate);
  stop.abort(new Error('shutdown'));
  await expect(held).rejects.toThrow('shutdown');
});

test('what is not the disk’s trouble is told at once', async () => {
  fault = new TypeError('a fault of the program');
  await expect(writer.append([warn('a')])).rejects.toBe(fault);
});
