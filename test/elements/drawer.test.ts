/** `<aura-render-status>` as a drawer and without a frame. */
import { AuraRenderStatus } from '@aura-jobs/elements';
import { expect, waitUntil } from '@open-wc/testing';
import { appeared, ElementHarness } from '../support/element-harness.ts';
import { canceled, completed, failed, progress, queued, upToVisuals } from '../support/job-script.ts';

const show = (set: Partial<AuraRenderStatus> = {}): Promise<ElementHarness<AuraRenderStatus>> =>
  ElementHarness.show(AuraRenderStatus, { variant: 'drawer', ...set });

const drawerOf = ({ element }: ElementHarness<AuraRenderStatus>): HTMLDialogElement =>
  element.renderRoot.querySelector('dialog.drawer')!;

/** An open drawer over a page with a button that had the focus. */
async function showOpen(): Promise<{ harness: ElementHarness<AuraRenderStatus>; opener: HTMLButtonElement }> {
  const harness = await show();
  const opener = document.createElement('button');
  opener.textContent = 'Show';
  harness.element.before(opener);
  opener.focus();
  harness.client.job().tell(...upToVisuals);
  harness.element.open = true;
  await harness.ticked();
  await appeared(drawerOf(harness));
  return { harness, opener };
}

describe('the drawer', () => {
  it('closed, shows nothing, follows nothing and has no box', async () => {
    const harness = await show();

    expect(harness.client.job().opened).to.equal(0);
    expect(drawerOf(harness).open).to.equal(false);
    expect(harness.element.getBoundingClientRect().height).to.equal(0);
  });

  it('open, is a modal dialog named after the job, and follows it', async () => {
    const { harness } = await showOpen();

    expect(drawerOf(harness).matches(':modal')).to.equal(true);
    expect(harness.element.hasAttribute('open')).to.equal(true);
    expect(harness.text('title')).to.equal('Making your video');
    harness.client.job().tell(progress('Visuals', 55));
    await harness.ticked();
    expect(harness.text('percent')).to.equal('55%');
  });

  it('paints although the element itself is far off the screen', async () => {
    const harness = await show();
    harness.element.before(Object.assign(document.createElement('div'), { style: 'block-size: 500vh' }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    harness.element.open = true;
    harness.client.job().tell(...upToVisuals);
    await harness.ticked();
    harness.client.job().tell(progress('Visuals', 60));
    await harness.ticked();

    expect(harness.text('percent')).to.equal('60%');
  });

  for (const [name, events] of Object.entries({
    queued: [queued],
    running: [],
    succeeded: [completed],
    failed: [failed],
    canceled: [canceled],
  })) {
    it(`passes axe ${name}`, async () => {
      const { harness } = await showOpen();
      harness.client.job().tell(...events);
      await harness.ticked();

      await expect(harness.element).to.be.accessible();
    });
  }

  it('keeps the focus inside and gives it back, and says once that it was closed', async () => {
    const { harness, opener } = await showOpen();
    expect(harness.element.renderRoot).to.have.property('activeElement', harness.part('close-button'));

    await harness.click('close-button');
    await waitUntil(() => !harness.element.open);
    expect(document.activeElement).to.equal(opener);
    expect(closedEvents).to.deep.equal(['job-1']);
    expect(harness.client.job().open).to.equal(0);
  });

  it('closes when the page says so, and opens again', async () => {
    const { harness, opener } = await showOpen();
    harness.element.removeAttribute('open');
    await waitUntil(() => closedEvents.length === 1);
    expect(document.activeElement).to.equal(opener);

    harness.element.open = true;
    await harness.painted();
    expect(drawerOf(harness).matches(':modal')).to.equal(true);
  });

  it('stays open and on top when it is moved in the page', async () => {
    const { harness } = await showOpen();
    const elsewhere = document.createElement('section');
    document.querySelector('main')!.append(elsewhere);
    elsewhere.append(harness.element);
    await harness.painted();

    expect(drawerOf(harness).matches(':modal')).to.equal(true);
    expect(closedEvents).to.deep.equal([]);
    expect(harness.client.job().opened).to.equal(1);
  });

  it('asks before it cancels, above itself', async () => {
    const { harness } = await showOpen();
    await harness.cancel();

    expect(harness.client.commands).to.deep.equal(['cancel job-1']);
    expect(drawerOf(harness).open).to.equal(true);
  });

  const closedEvents: string[] = [];
  const note = (event: HTMLElementEventMap['aura-closed']): unknown => closedEvents.push(event.detail.jobId);
  beforeEach(() => {
    closedEvents.length = 0;
    document.addEventListener('aura-closed', note);
  });
  afterEach(() => document.removeEventListener('aura-closed', note));
});

describe('inline', () => {
  it('has no frame, and says what the card says', async () => {
    const texts: string[] = [];
    for (const variant of ['card', 'inline'] as const) {
      const harness = await show({ variant });
      harness.client.job().tell(...upToVisuals);
      await harness.ticked();
      texts.push(harness.text());
      const { paddingTop, borderTopWidth } = getComputedStyle(harness.part('base')!);
      expect(paddingTop === '0px' && borderTopWidth === '0px').to.equal(variant === 'inline');
      await expect(harness.element).to.be.accessible();
    }

    expect(texts[0]).to.equal(texts[1]);
  });
});
