/** Every acceptance case that a client can keep or break has a test that carries its number. */
import { expect, test } from 'vitest';
import { casesWithoutProof } from '../../support/case-numbers.ts';

// The others are a server's (test/reference-server/every-number.test.ts), or a page's (test/elements).
const CASES =
  '05 06 07 08 09 10 11 12 21 25 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 58 59 60 61 63 64 69 70';

test('every number has its test', () => {
  expect(casesWithoutProof(CASES, (path) => !path.startsWith('reference-server'))).toEqual([]);
});
