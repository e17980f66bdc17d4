/** The standard's cases in a real browser. */
import { expect } from '@open-wc/testing';
import { CASES, expected, play } from './standard-cases.ts';

describe('event streams by the standard, in a browser', () => {
  for (const standard of CASES) {
    it(standard.name, async () => {
      const outcome = await play(standard);

      for (const [key, value] of Object.entries(expected(standard))) expect(outcome).to.have.deep.property(key, value);
    });
  }
});
