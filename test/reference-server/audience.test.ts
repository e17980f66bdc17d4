/** In which order the readers of a job hear of news, however many they are. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Audience } from '../../reference-server/src/events/audience.ts';
import { eventually } from '../support/eventually.ts';

const MANY = 1000;

/** @returns the audience, and who was woken, by their place in the line */
function crowd(onServed?: (seconds: number) => void) {
  const audience = new Audience(onServed);
  const woken: number[] = [];
  const leave = Array.from({ length: MANY }, (_, place) => audience.join(() => void woken.push(place)));
  return { audience, woken, leave };
}

test('AC-62: whoever came first and whoever came last hears at once, whoever stalls between', async () => {
  const { audience, woken } = crowd();
  audience.tell();
  await nextTurn();
  expect(woken).toContain(0);
  expect(woken).toContain(MANY - 1);
  expect(woken.length).toBeLessThan(MANY / 4);
  await eventually(() => new Set(woken).size === MANY);
});

test('with news in every turn nobody is left out, and nobody hears more often than another', async () => {
  const { audience, woken } = crowd();
  for (let turn = 0; turn < MANY; turn++) {
    audience.tell();
    await nextTurn();
  }
  const counts = new Map<number, number>();
  for (const place of woken) counts.set(place, (counts.get(place) ?? 0) + 1);
  const middle = [...counts].filter(([, count]) => count < MANY / 2).map(([, count]) => count);
  expect(counts.size).toBe(MANY);
  // A round may be under way.
  expect(Math.max(...middle) - Math.min(...middle)).toBeLessThanOrEqual(1);
});

test('one who has left hears nothing, not even of news that were on their way', async () => {
  const { audience, woken, leave } = crowd();
  audience.tell();
  await nextTurn();
  const heard = new Set(woken);
  for (const end of leave) end();
  expect(audience.size).toBe(0);
  for (let turn = 0; turn < MANY; turn++) await nextTurn();
  expect(new Set(woken)).toEqual(heard);
});

test('who leaves or comes while others wait makes nobody miss anything', async () => {
  const { audience, woken, leave } = crowd();
  audience.tell();
  await eventually(() => new Set(woken).size === MANY);
  woken.length = 0;
  // The second round is still to come when the line becomes as short as its front.
  audience.tell();
  await nextTurn();
  for (const end of [...leave.slice(0, 450), ...leave.slice(-450)]) end();
  await eventually(() => new Set(woken).size >= 100 + 100);
  for (let place = 450; place < 550; place++) expect(woken).toContain(place);
});

test('when those who hear first leave at once, the others hear all the same', async () => {
  const audience = new Audience();
  const woken = new Set<number>();
  for (let place = 0; place < 150; place++) {
    const leave = audience.join(() => {
      woken.add(place);
      leave();
    });
  }
  audience.tell();
  await eventually(() => woken.size === 150);
});

test('after the front, those next to it are first', async () => {
  const { audience, woken } = crowd();
  audience.tell();
  await eventually(() => woken.includes(MANY / 2));
  const before = new Set(woken.slice(0, woken.indexOf(MANY / 2)));
  for (const next of [60, 200, MANY - 60, MANY - 200]) expect(before).toContain(next);
});

test('it is told once for what is told together, when the last one has heard of it', async () => {
  const served: number[] = [];
  const { audience, woken } = crowd((seconds) => void served.push(seconds));
  audience.tell();
  audience.tell();
  await nextTurn();
  expect(served).toEqual([]);
  audience.tell();
  await eventually(() => woken.length >= MANY && served.length === 2);
  expect(served.every((seconds) => seconds > 0)).toBe(true);
});

test('news for nobody cost nothing and reach nobody who comes later', async () => {
  const audience = new Audience();
  audience.tell();
  let woken = 0;
  audience.join(() => void woken++);
  await nextTurn();
  await nextTurn();
  expect(woken).toBe(0);
});
