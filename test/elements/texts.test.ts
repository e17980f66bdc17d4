/** The words and numbers that people read. */
import { expect } from '@open-wc/testing';
import { en } from '../../elements/src/locales/en.ts';
import { stringsFor } from '../../elements/src/locales/strings.ts';
import { formatSpan, secondsBetween, wholePercent } from '../../elements/src/shared/format.ts';

describe('texts', () => {
  it('write time spans in at most two units', () => {
    expect([0, 42, 185, 3840].map((seconds) => formatSpan(seconds))).to.deep.equal(['0s', '42s', '3m 5s', '1h 4m']);
    expect(formatSpan(-3)).to.equal('0s');
  });

  it('are honest about the time that is left', () => {
    expect([0, 12, 54, 55, 125, 3540, 3600, 3900].map(en.remaining)).to.deep.equal([
      'a few seconds left',
      'about 15 s left',
      'about 55 s left',
      'about 1 min left',
      'about 2 min left',
      'about 59 min left',
      'about 1 h 0 min left',
      'about 1 h 5 min left',
    ]);
  });

  it('write sizes as people do', () => {
    expect([0, 1, 812, 2_400, 2_400_000, 3_100_000_000].map(en.bytes)).to.deep.equal([
      '0 bytes',
      '1 byte',
      '812 bytes',
      '2 kB',
      '2.4 MB',
      '3.1 GB',
    ]);
  });

  it('never round progress up', () => {
    expect(wholePercent(99.9)).to.equal(99);
  });

  it('know no time between a moment and none', () => {
    expect(secondsBetween(null, '2026-01-01T00:00:01Z')).to.equal(undefined);
    expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z')).to.equal(1);
  });

  it('use plurals', () => {
    expect([0, 1, 2].map(en.queuePosition)).to.deep.equal(['Next in line', '1 job is ahead', '2 jobs are ahead']);
  });

  it('fall back to English', () => {
    expect(stringsFor('tlh')).to.equal(en);
    expect(stringsFor('')).to.equal(en);
  });
});
