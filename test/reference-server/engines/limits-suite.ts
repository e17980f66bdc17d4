/** What is counted over all processes, and the key that they share. */
import { describe, expect, test } from 'vitest';
import type { Kind } from './harness.ts';
import { useEngine } from './opened.ts';

export function testLimits(kind: Kind): void {
  describe('limits', () => {
    const opened = useEngine(kind);

    test('AC-51 so many slots of a name, and one more when one is given back', async () => {
      const { slots } = opened.engine;
      const taken = await Promise.all(Array.from({ length: 5 }, () => slots.take('streams ann', 3)));
      expect(taken.map((slot) => slot?.others)).toEqual([0, 1, 2, undefined, undefined]);
      expect((await slots.take('streams bob', 3))?.others).toBe(0);
      taken[1]!.release();
      expect((await slots.take('streams ann', 3))?.others).toBe(2);
      expect(await slots.take('streams ann', 3)).toBeUndefined();
      expect((await slots.take('streams ann', Infinity))?.others).toBe(3);
    });

    test('AC-52 so many of something in a time', async () => {
      const rate = opened.engine.rate('new jobs', 2, 60);
      expect((await rate.consume('ann')).remainingPoints).toBe(1);
      expect((await rate.consume('ann')).remainingPoints).toBe(0);
      await expect(rate.consume('ann')).rejects.toMatchObject({ remainingPoints: 0 });
      expect((await rate.consume('bob')).remainingPoints).toBe(1);
      expect((await opened.engine.rate('cancels', 2, 60).consume('ann')).remainingPoints).toBe(1);
    });

    test('the signing key stays the same', async () => {
      const key = await opened.engine.signingKey();
      expect(key).toHaveLength(32);
      const next = await opened.crash();
      expect([...(await next.signingKey())]).toEqual([...key]);
    });
  });
}
