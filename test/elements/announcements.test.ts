/** What a screen reader hears of a whole job: its start, each step, its end. Nothing more, whatever happens in between. */
import { AuraJobProgress, AuraRenderStatus, setStrings } from '@aura-jobs/elements';
import { de } from '@aura-jobs/elements/locales/de';
import { STAGES } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import { canceled, failed, wholeJob, warning } from '../support/job-script.ts';

type Shown = ElementHarness<AuraJobProgress | AuraRenderStatus>;
type Event = (typeof wholeJob)[number];

/** Start, one for each step, end. */
const MOST = STAGES.length + 2;

const open = { status: 'open' } as const;
const gone = (): Parameters<ReturnType<Shown['client']['job']>['connect']>[0] => ({
  status: 'reconnecting',
  attempt: 1,
  of: 5,
  nextAttemptAt: Date.now() + 1000,
  reason: new Error('gone'),
});

const CASES: [string, new () => AuraJobProgress | AuraRenderStatus, object][] = [
  ...['bar', 'ring', 'compact', 'minimal'].map((variant): [string, typeof AuraJobProgress, object] => [
    `a ${variant}`,
    AuraJobProgress,
    { variant },
  ]),
  ...['card', 'inline'].map((variant): [string, typeof AuraRenderStatus, object] => [
    `the ${variant}`,
    AuraRenderStatus,
    { variant },
  ]),
  ['an open drawer', AuraRenderStatus, { variant: 'drawer', open: true }],
];

async function play(shown: Shown, events: readonly Event[]): Promise<string[]> {
  for (const event of events) {
    shown.client.job().tell(event);
    if (event.type !== 'step-progress') await shown.painted();
  }
  await shown.ticked();
  return shown.spoken.map(({ text }) => text);
}

describe('announcements of a whole job', () => {
  for (const [name, Class, set] of CASES) {
    it(`are start, steps and end from ${name}`, async () => {
      const shown = await ElementHarness.show<AuraJobProgress | AuraRenderStatus>(Class, set);
      const spoken = await play(shown, wholeJob);

      expect(spoken).to.have.length(MOST);
      expect(new Set(spoken).size).to.equal(MOST);
      expect(spoken.join(' ')).not.to.match(/%/);
    });
  }

  it('stay the same when the connection comes and goes and warnings arrive', async () => {
    const shown = await ElementHarness.show(AuraRenderStatus);
    const half = wholeJob.length / 2;
    await play(shown, wholeJob.slice(0, half));
    for (let times = 0; times < 3; times++) {
      shown.client.job().connect(gone());
      await shown.painted();
      shown.client.job().connect(open);
      await play(shown, [warning(`Warning ${times}`)]);
    }

    expect(await play(shown, wholeJob.slice(half))).to.have.length(MOST);
  });

  it('end with the failure or the cancellation, assertively only for the failure', async () => {
    for (const [ending, assertive] of [
      [failed, 1],
      [canceled, 0],
    ] as const) {
      const shown = await ElementHarness.show(AuraJobProgress);
      await play(shown, [...wholeJob.slice(0, -1), ending]);

      expect(shown.spoken.length).to.be.at.most(MOST);
      expect(shown.spoken.filter((one) => one.assertive)).to.have.length(assertive);
    }
  });

  it('are in the language of the page', async () => {
    setStrings('de', de);
    const shown = await ElementHarness.show(AuraJobProgress, { lang: 'de' });

    expect(await play(shown, wholeJob)).to.deep.equal([
      'Wartet auf den Start.',
      'Schritt 1 von 5: Drehbuch.',
      'Schritt 2 von 5: Sprecher.',
      'Schritt 3 von 5: Bilder.',
      'Schritt 4 von 5: Schnitt.',
      'Schritt 5 von 5: Ausgabe.',
      'Ihr Video ist fertig.',
    ]);
  });
});
