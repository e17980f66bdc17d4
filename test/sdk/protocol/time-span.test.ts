import { expect, test } from 'vitest';
import { formatTimeSpan, parseTimeSpan } from '@aura-jobs/sdk/protocol';

test.each([
  [0, '00:00:00'],
  [83, '00:01:23'],
  [86_399, '23:59:59'],
  [93_784, '1.02:03:04'],
  [-5, '00:00:00'],
  [59.6, '00:01:00'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatTimeSpan(seconds)).toBe(text);
});

test.each([
  ['00:01:23', 83],
  ['1.02:03:04', 93_784],
  ['00:00:01.5', 1.5],
  ['00:02:15.1234567', 135.1234567],
  ['-00:01:00', -60],
  [12.5, 12.5],
  ['60', undefined],
  ['PT1M', undefined],
  [null, undefined],
  [Number.NaN, undefined],
])('reads %j as %j seconds', (raw, seconds) => {
  expect(parseTimeSpan(raw)).toBe(seconds);
});
