/** Every acceptance case that a server can keep or break has a test that carries its number. */
import { expect, test } from 'vitest';
import { casesWithoutProof } from '../support/case-numbers.ts';

// The others are a client's (test/sdk/acceptance/every-number.test.ts), or a page's (test/elements).
const CASES =
  '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 46 49 50 51 52 53 54 55 56 57 58 60 62 63 64 68';

test('every number has its test', () => {
  expect(casesWithoutProof(CASES, (path) => /^(reference-server|conformance|faults)\//.test(path))).toEqual([]);
  expect(casesWithoutProof('99', () => true)).toEqual(['99']);
});
