/** The variants of `<aura-job-progress>`: another look, the same words for those who listen. */
import { AuraJobProgress } from '@aura-jobs/elements';
import { AuraError } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import { canceled, completed, failed, queued, started, upToVisuals, wholeJob } from '../support/job-script.ts';

const VARIANTS = ['bar', 'ring', 'compact', 'minimal'] as const;

const show = (set: Partial<AuraJobProgress>): Promise<ElementHarness<AuraJobProgress>> =>
  ElementHarness.show(AuraJobProgress, { cancellable: true, label: 'Tides', ...set });

async function showRunning(set: Partial<AuraJobProgress>): Promise<ElementHarness<AuraJobProgress>> {
  const harness = await show(set);
  harness.client.job().tell(...upToVisuals);
  await harness.ticked();
  return harness;
}

/** Name, value and words of the bar, as a screen reader has them. */
const heard = ({ progressbar }: ElementHarness<AuraJobProgress>): (string | null)[] =>
  ['aria-label', 'aria-valuenow', 'aria-valuetext'].map((name) => progressbar!.getAttribute(name));

describe('variants of <aura-job-progress>', () => {
  for (const variant of VARIANTS) {
    it(`${variant} passes axe and says the same in every state`, async () => {
      const harness = await show({ variant });
      const job = harness.client.job();
      job.tell(queued);
      await harness.painted();
      expect(heard(harness)).to.deep.equal(['Tides', null, 'Waiting to start']);

      job.tell(...upToVisuals);
      await harness.ticked();
      expect(heard(harness)).to.deep.equal(['Tides', '47', 'Visuals, 47%']);
      await expect(harness.element).to.be.accessible();

      job.connect({ status: 'failed', error: new AuraError('gone', { code: 'ConnectionLost' }) });
      await harness.painted();
      expect(heard(harness)[2]).to.equal('Last known: Visuals, 47%');
      await expect(harness.element).to.be.accessible();

      job.tell(failed);
      await harness.painted();
      expect(harness.spoken.at(-1)!.assertive).to.equal(true);
      await expect(harness.element).to.be.accessible();
    });

    it(`${variant} keeps its height while its words change, also where it is narrow`, async () => {
      const harness = await show({ variant });
      harness.element.style.inlineSize = '18rem';
      const job = harness.client.job();
      const heights = new Set<number>();
      for (const event of [queued, ...upToVisuals]) {
        job.tell(event);
        await harness.ticked();
        heights.add(harness.element.getBoundingClientRect().height);
        expect(harness.element.scrollWidth, event.type).to.be.at.most(harness.element.clientWidth);
      }

      expect([...heights]).to.have.length(1);
    });
  }

  // Browsers print no backgrounds unless they are asked to.
  it('keep their bars on paper', async () => {
    for (const variant of ['bar', 'minimal'] as const) {
      const { progressbar } = await showRunning({ variant });
      for (const part of progressbar!.querySelectorAll('*'))
        expect(getComputedStyle(part).printColorAdjust).to.equal('exact');
    }
  });

  for (const variant of ['bar', 'ring', 'compact'] as const) {
    it(`${variant} shows a fact as a whole or not at all, and never a lone dot`, async () => {
      const harness = await showRunning({ variant });
      const facts = harness.part('facts')!;
      const seen: number[] = [];
      for (const width of [240, 320, 400, 480, 800]) {
        harness.element.style.inlineSize = `${width}px`;
        const box = facts.getBoundingClientRect();
        const rows = [...facts.children].map((fact) => {
          const words = document.createRange();
          words.selectNodeContents(fact);
          return { shown: fact.getBoundingClientRect().top < box.bottom - 1, end: words.getBoundingClientRect().right };
        });
        // The first one stays, and is cut where not even that has room.
        for (const { shown, end } of rows.slice(1))
          if (shown) expect(end, `${width} px`).to.be.at.most(box.right + 0.5);
        seen.push(rows.filter(({ shown }) => shown).length);
      }

      expect(seen.at(-1)).to.equal(facts.childElementCount);
      expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
    });
  }

  it('compact leaves the room to a refusal', async () => {
    const harness = await showRunning({ variant: 'compact' });
    harness.client.cancelAnswer = async () => Promise.reject(new Error('Too late.'));
    await harness.cancel();

    expect(harness.part('refusal')!.checkVisibility()).to.equal(true);
    expect(harness.part('facts')!.checkVisibility()).to.equal(false);
    const [words, button] = ['refusal', 'cancel-button'].map((part) => harness.part(part)!.getBoundingClientRect());
    expect(words!.right).to.be.at.most(button!.left);
  });

  it('the ring fills each arc by its own range', async () => {
    const harness = await showRunning({ variant: 'ring' });

    const arcs = [...harness.part('ring')!.querySelectorAll<SVGElement>('.arc')];
    expect(arcs.map(({ style }) => Number(style.getPropertyValue('--fill')))).to.deep.equal([1, 1, 0.42, 0, 0]);
    const lengths = arcs.map((arc) => Math.round(100 / Number(arc.getAttribute('pathLength'))) + 2);
    expect(lengths).to.deep.equal([15, 20, 30, 20, 15]);
    expect(harness.text('percent')).to.equal('47%');
  });

  it('the bar has one segment for each range', async () => {
    const harness = await showRunning({ variant: 'bar' });
    harness.element.style.inlineSize = `${1000 + 4 * 3}px`;

    const widths = [...harness.part('bar')!.children].map((segment) =>
      Math.round(segment.getBoundingClientRect().width),
    );
    expect(widths).to.deep.equal([150, 200, 300, 200, 150]);
  });

  it('compact is one line, whatever happens', async () => {
    const harness = await showRunning({ variant: 'compact' });
    const line = harness.element.getBoundingClientRect().height;
    expect(line).to.be.below(30);
    expect(harness.text()).to.match(/^Tides: Visuals 47%/);

    for (const ending of [completed, failed, canceled]) {
      const other = await showRunning({ variant: 'compact' });
      other.client.job().tell(ending);
      await other.painted();
      expect(other.element.getBoundingClientRect().height).to.equal(line);
    }
  });

  it('minimal shows a thin bar and not a word', async () => {
    const harness = await showRunning({ variant: 'minimal' });

    expect(harness.element.getBoundingClientRect().height).to.equal(4);
    expect(harness.parts('button')).to.have.length(0);
    expect(harness.part('base')!.querySelectorAll(':scope > :not(.spoken)')).to.have.length(1);
  });

  it('move without layout', async () => {
    const moved = new Set<string>();
    for (const variant of VARIANTS) {
      const harness = await showRunning({ variant });
      for (const part of harness.progressbar!.querySelectorAll('.fill, .arc')) {
        for (const property of getComputedStyle(part).transitionProperty.split(', ')) moved.add(property);
      }
    }

    expect([...moved].sort()).to.deep.equal(['stroke-dashoffset', 'transform']);
  });
});

describe('announce', () => {
  const spokenOf = async (announce: AuraJobProgress['announce']): Promise<string[]> => {
    const harness = await show({ announce });
    for (const event of wholeJob) {
      harness.client.job().tell(event);
      await harness.painted();
    }
    return harness.spoken.map(({ text }) => text);
  };

  it('quarters speaks each quarter and the end', async () => {
    expect(await spokenOf('quarters')).to.deep.equal([
      'Narration, 25%',
      'Visuals, 50%',
      'Composition, 75%',
      'Your video is ready.',
    ]);
  });

  it('end speaks only the end, and trouble', async () => {
    expect(await spokenOf('end')).to.deep.equal(['Your video is ready.']);

    const harness = await show({ announce: 'end' });
    harness.client.job().tell(started);
    harness.client.job().connect({ status: 'failed', error: new AuraError('gone', { code: 'ConnectionLost' }) });
    await harness.painted();
    expect(harness.spoken.map(({ text }) => text)).to.deep.equal(['Connection lost.']);
  });
});
