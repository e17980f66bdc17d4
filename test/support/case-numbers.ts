/** Which acceptance cases the tests say they prove; a suite that runs for several engines is one of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** Numbers of a file: in the names of its tests, and in its first line, which is the name of them all. */
function numbersIn(path: string): string[] {
  const code = readFileSync(TESTS + path, 'utf8');
  const names = code.match(/^\/\*\*.*|(?:test|describe)(?:\.\w+)*(?:<[^>]*>)?\(\s*(['"`]).*?\1|\)\(\s*(['"`]).*?\2/gm);
  return (names ?? []).flatMap((name) => [...name.matchAll(/AC-(\d\d)/g)].map(([, number]) => number!));
}

/** Those of `cases` that no test carries. @param isProof which files count, by their path under `test/` */
export function casesWithoutProof(cases: string, isProof: (path: string) => boolean): string[] {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' });
  const proved = new Set(
    files.filter((path) => /(\.test|-suite)\.tsx?$/.test(path) && isProof(path)).flatMap(numbersIn),
  );
  return cases.split(' ').filter((number) => !proved.has(number));
}
