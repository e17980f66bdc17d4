/** What a screen reader hears of a whole job: its start, each step, its end. Nothing more, whatever happens in between. */
import { AuraJobProgress, AuraRenderStatus, setStrings } from '@aura-jobs/elements';
import { de } from '@aura-jobs/elements/locales/de';
import { STAGES } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import { canceled, failed, wholeJob, warning } from '../support/job-script.ts';
import { ScriptedClient } from '../support/scripted-client.ts';

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

function region(element: AuraJobProgress | AuraRenderStatus, role: string): Element {
  return element.renderRoot.querySelector(`.spoken[role=${role}]`)!;
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

  it('name the job when another one was heard last', async () => {
    const client = new ScriptedClient();
    const one = await ElementHarness.show(AuraJobProgress, { label: 'Tides' }, client);
    client.job().tell(...wholeJob.slice(0, 2));
    await one.painted();
    const two = document.createElement(one.element.localName) as AuraJobProgress;
    Object.assign(two, { client, jobId: 'job-2', label: 'Moon' });
    one.element.after(two);
    await two.updateComplete;
    client.job('job-2').tell(wholeJob[0]!);
    await one.painted();
    client.job().tell(failed);
    await one.painted();

    expect(two.renderRoot.querySelector('.spoken[role=status]')!.textContent).to.match(/^Moon: /);
    expect(one.spoken.at(-1)!.text).to.match(/^Tides: /);
  });

  it('come from an open drawer, beside which nothing is heard', async () => {
    const client = new ScriptedClient();
    const card = await ElementHarness.show(AuraRenderStatus, {}, client);
    const drawer = document.createElement(card.element.localName) as AuraRenderStatus;
    Object.assign(drawer, { client, jobId: 'job-1', variant: 'drawer', open: true });
    card.element.after(drawer);
    await drawer.updateComplete;
    client.job().tell(...wholeJob);
    await card.ticked();

    expect(drawer.renderRoot.querySelector('.spoken[role=status]')!.textContent).to.equal('Your video is ready.');
    expect(card.spoken.at(-1)?.text).not.to.equal('Your video is ready.');
  });

  // One in a closed tab of the page had the word, and nobody heard it.
  for (const [where, hide] of [
    ['that is hidden', (tab: HTMLElement) => (tab.hidden = true)],
    ['that is not visible', (tab: HTMLElement) => (tab.style.visibility = 'hidden')],
    ['that is inert', (tab: HTMLElement) => (tab.inert = true)],
    ['that is kept from screen readers', (tab: HTMLElement) => (tab.ariaHidden = 'true')],
  ] as const) {
    it(`are left to the other element by one ${where}`, async () => {
      const client = new ScriptedClient();
      const closed = await ElementHarness.show(AuraJobProgress, {}, client);
      const tab = document.createElement('div');
      hide(tab);
      closed.element.replaceWith(tab);
      tab.attachShadow({ mode: 'open' }).append(closed.element);
      const shown = document.createElement(closed.element.localName) as AuraJobProgress;
      Object.assign(shown, { client, jobId: 'job-1' });
      tab.after(shown);
      await shown.updateComplete;
      client.job().tell(...wholeJob);
      await closed.painted();

      expect(region(shown, 'status').textContent).to.equal('Your video is ready.');
      expect(region(closed.element, 'status').textContent).to.equal('');
    });
  }

  it('come from an element without a box of its own, and from one out of sight', async () => {
    for (const style of [{ display: 'contents' }, { marginBlockStart: '500vh' }]) {
      const shown = await ElementHarness.show(AuraJobProgress);
      Object.assign(shown.element.style, style);

      expect(await play(shown, wholeJob)).to.have.length(MOST);
    }
  });

  it('are taken back when the element turns to another job', async () => {
    const shown = await ElementHarness.show(AuraRenderStatus);
    await play(shown, [...wholeJob.slice(0, -1), failed]);
    const said = (): string[] => ['status', 'alert'].map((role) => region(shown.element, role).textContent);
    expect(said()[1]).to.match(/could not be made/);

    await shown.click('retry-button');
    await shown.painted();

    expect(shown.element.jobId).to.equal('job-2');
    expect(said()).to.deep.equal(['', '']);
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
