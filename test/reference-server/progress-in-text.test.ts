/** The words of providers, and how far they say the work is. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { progressInText } from '../../reference-server/src/progress/progress-in-text.ts';

test.each([
  ['rendering 45%', { done: 0.45 }],
  ['Rendering: 45.5 % done', { done: 0.455 }],
  ['45,5%', { done: 0.455 }],
  ['12 percent', { done: 0.12 }],
  ['0%', { done: 0 }],
  ['100%', { done: 1 }],
  ['frame 120/300', { done: 0.4, item: 120, of: 300 }],
  ['frame=120 / 300 fps=25', { done: 0.4, item: 120, of: 300 }],
  ['3 of 5', { done: 0.6, item: 3, of: 5 }],
  ['Scene 3 OF 5: the moon', { done: 0.6, item: 3, of: 5 }],
  ['1 out of 4 images', { done: 0.25, item: 1, of: 4 }],
  ['0 of 5', { done: 0, item: 1, of: 5 }],
  ['5/5', { done: 1, item: 5, of: 5 }],
  ['file 2 of 9, 45%', { done: 0.45, item: 2, of: 9 }],
  ['150% sure, step 1/2', { done: 0.5, item: 1, of: 2 }],
])('%j', (text, told) => {
  expect(progressInText(text)).toEqual(told);
});

test.each([
  '',
  'Working',
  'on 12/31/2026',
  'at 10:30/11',
  'v1.2/3',
  '7 of 5',
  '3 of 0',
  '101%',
  '1000%',
  '-5%',
  'offset 3 office 5',
  '3 of',
  '1/2/3',
])('%j says nothing of it', (text) => {
  expect(progressInText(text)).toBeUndefined();
});

test('whatever is said, it is a share, and an item that there is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d%/.,of -]{0,40}$/)), (text) => {
      const { done = 0, item = 1, of = 1 } = progressInText(text) ?? {};
      expect(done >= 0 && done <= 1 && item >= 1 && item <= of).toBe(true);
    }),
  );
});
