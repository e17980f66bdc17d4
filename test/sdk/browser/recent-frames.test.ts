/** What a tab that leads can tell one that comes late, and when it must say that it cannot. */
import { describe, expect, test } from 'vitest';
import { RecentFrames } from '../../../sdk/src/browser/recent-frames.ts';
import type { Frame } from '../../../sdk/src/browser/tab-message.ts';

const event = (id: string, data = ''): Frame => ({ id, type: 'message', data });
const ids = (frames: readonly Frame[] | undefined): string[] | undefined => frames?.map(({ id }) => id);

function filled(start: string, ...frames: Frame[]): RecentFrames {
  const recent = new RecentFrames(start);
  for (const frame of frames) recent.push(frame);
  return recent;
}

describe('a connection that went on from an id', () => {
  const recent = filled('1-5', event('1-6'), event(''), event('1-7'));

  test.each([
    ['1-5', ['1-6', '', '1-7']],
    ['1-6', ['', '1-7']],
    ['1-7', []],
    ['1-4', undefined],
    ['', undefined],
    ['nonsense', undefined],
  ])('after "%s": %j', (cursor, expected) => {
    expect(ids(recent.after(cursor))).toEqual(expected);
  });

  test('is before a cursor that is yet to come', () => {
    expect(['1-6', '1-7', '1-8', ''].map((cursor) => recent.isBefore(cursor))).toEqual([false, false, true, false]);
  });
});

test('ids without an order are found, or not', () => {
  const recent = filled('x', event('b'), event('a'), event('c'));

  expect(ids(recent.after('x'))).toEqual(['b', 'a', 'c']);
  expect(ids(recent.after('a'))).toEqual(['c']);
  expect(recent.after('d')).toBeUndefined();
});

test('a greeting serves those who have seen nothing, and those who have seen all', () => {
  const recent = filled('', event('1-2'), event('1-9'));

  expect(recent.greeted).toBe(true);
  expect(ids(recent.after(''))).toEqual(['1-2', '1-9']);
  expect(ids(recent.after('1-9'))).toEqual([]);
  expect(recent.after('1-2')).toBeUndefined();
});

test('a lost cursor makes it begin with a greeting (AC-08)', () => {
  const recent = filled('9-9', event('9-10'), { ...event(''), type: 'resync' });
  expect(recent.end).toBe('');
  recent.push(event('1-1'));

  expect(recent.greeted).toBe(true);
  expect(ids(recent.after(''))).toEqual(['', '1-1']);
  expect(recent.after('9-9')).toBeUndefined();
});

describe('of more than it keeps', () => {
  const many = Array.from({ length: 1000 }, (_, index) => event(`1-${index + 1}`, 'x'.repeat(10_000)));

  test('it forgets the oldest, and says so', () => {
    const recent = filled('1-0', ...many);
    const kept = recent.after('1-950')!;

    expect(kept.length).toBe(50);
    expect(recent.after('1-0')).toBeUndefined();
    const known = many.filter(({ id }) => recent.after(id)).length;
    expect(known).toBeGreaterThan(50);
    expect(known).toBeLessThan(250);
  });

  test('a greeting is forgotten as a whole', () => {
    const recent = filled('', ...many);

    expect(recent.after('')).toBeUndefined();
    expect(recent.after('1-999')).toBeUndefined();
    expect(recent.after('1-1000')).toEqual([]);
  });
});
