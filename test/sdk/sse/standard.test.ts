import { describe, expect, test } from 'vitest';
import { CASES, expected, play } from './standard-cases.ts';

describe('event streams by the standard, in Node', () => {
  test.each(CASES)('$name', async (standard) => {
    expect(await play(standard)).toMatchObject(expected(standard));
  });

  test.each(CASES.filter(({ body, name }) => body?.length && !name.startsWith('a long')))(
    '$name, byte by byte',
    async (standard) => {
      expect(await play(standard, { bytewise: true })).toMatchObject(expected(standard));
    },
  );
});
