import { describe, expect, test } from 'vitest';
import { compareEventIds, eventTime, isEventId } from '@aura-jobs/sdk/protocol';

describe('event ids', () => {
  test.each([
    ['1699564800000-42', '1699564800000-42', 0],
    ['1699564800000-9', '1699564800000-10', -1],
    ['1699564800001-0', '1699564800000-99', 1],
    ['nonsense', '0-0', -1],
  ])('orders %s and %s by time, then counter', (a, b, sign) => {
    expect(Math.sign(compareEventIds(a, b))).toBe(sign);
  });

  test.each(['', '1699564800000', '1699564800000-', '-1', 'a-b', '1-1\n', ' 1-1', '9999999999999999-1'])(
    'refuses %j',
    (id) => {
      expect(isEventId(id)).toBe(false);
    },
  );

  test('tells the time of an event', () => {
    expect(eventTime('1699564800000-42')).toBe(1_699_564_800_000);
    expect(eventTime('x')).toBeUndefined();
  });
});
