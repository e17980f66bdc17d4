import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneByOne } from '../../reference-server/src/http/one-by-one.ts';

const response = {} as ServerResponse;
const request = (n: number): IncomingMessage => ({ n }) as unknown as IncomingMessage;

test('a request that comes alone is begun at once', () => {
  const begun: unknown[] = [];
  oneByOne((one) => void begun.push(one))(request(1), response);
  expect(begun).toEqual([{ n: 1 }]);
});

test('those that come together are begun in their order, one in each turn, and none is forgotten', async () => {
  const begun: number[] = [];
  const listener = oneByOne((one) => void begun.push((one as unknown as { n: number }).n));
  const all = Array.from({ length: 3000 }, (_, n) => n);
  for (const n of all.slice(0, 2500)) listener(request(n), response);

  for (let turn = 1; turn < 2500; turn++) {
    expect(begun).toHaveLength(turn);
    // Others come meanwhile, and stand behind.
    if (turn === 100) for (const n of all.slice(2500)) listener(request(n), response);
    await nextTurn();
  }
  while (begun.length < 3000) await nextTurn();
  expect(begun).toEqual(all);

  await nextTurn();
  await nextTurn();
  listener(request(3000), response);
  expect(begun.at(-1)).toBe(3000);
});

test('a listener that throws is the server’s affair, and the next request is begun all the same', async () => {
  const begun: unknown[] = [];
  const listener = oneByOne((one) => {
    begun.push(one);
    if (begun.length === 1) throw new Error('broken');
  });
  expect(() => listener(request(1), response)).toThrow('broken');
  listener(request(2), response);
  await nextTurn();
  expect(begun).toHaveLength(2);
});
