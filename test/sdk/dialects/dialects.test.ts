/** Whatever words a backend has for a job, its readers see the job that the guide's words would have told (AC-38, AC-41). */
import { describe, expect, test } from 'vitest';
import { play } from './play.ts';
import { DIALECTS, guide, MESSAGE } from './words.ts';
import type { Ending } from './words.ts';

const ENDINGS: Ending[] = ['Succeeded', 'Failed', 'Canceled'];
const TYPES: Record<Ending, string> = { Succeeded: 'job-completed', Failed: 'job-failed', Canceled: 'job-cancelled' };

describe.each(DIALECTS)('%s', (_name, words, all) => {
  test.each(ENDINGS)('a job that ends as %s, over two connections', async (ending) => {
    const expected = await play(guide(ending, { all }), MESSAGE);
    const { middle, final, ends } = await play(words(ending), MESSAGE);

    expect(expected.ends).toEqual([TYPES[ending]]);
    expect(middle).toEqual(expected.middle);
    expect(final).toEqual(expected.final);
    expect(ends).toEqual(expected.ends);
  });
});
