/** Every acceptance case that a client can keep or break has a test that carries its number. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TESTS = fileURLToPath(new URL('../../', import.meta.url));

// The others are a server's (docs/protocol.md), or a page's: those are in test/reference-server and test/elements.
const CASES =
  '05 06 07 08 09 10 11 12 21 25 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 58 59 60 61 63 64 69 70';

/** Numbers in the names of a file's tests, and in its first line, which is the name of them all. */
function numbersIn(path: string): string[] {
  const code = readFileSync(TESTS + path, 'utf8');
  const names = code.match(/^\/\*\*.*|(?:test|describe)(?:\.\w+)*(?:<[^>]*>)?\(\s*(['"`]).*?\1|\)\(\s*(['"`]).*?\2/gm);
  return (names ?? []).flatMap((name) => [...name.matchAll(/AC-(\d\d)/g)].map(([, number]) => number!));
}

test('every number has its test', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' });
  const proofs = files.filter((path) => /\.test\.tsx?$/.test(path) && !path.startsWith('reference-server'));

  const proved = new Set(proofs.flatMap(numbersIn));

  expect(CASES.split(' ').filter((number) => !proved.has(number))).toEqual([]);
});
