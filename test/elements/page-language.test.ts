/** Which language an element speaks: that of the page around it, now and after every change. */
import { AuraJobProgress, AuraRenderStatus, setStrings } from '@aura-jobs/elements';
import { ar } from '@aura-jobs/elements/locales/ar';
import { de } from '@aura-jobs/elements/locales/de';
import { expect } from '@open-wc/testing';
import { ElementHarness, place } from '../support/element-harness.ts';
import { queued, upToVisuals } from '../support/job-script.ts';

const QUEUED = { en: 'Waiting to start', de: 'Wartet auf den Start', ar: 'في انتظار البدء' };

async function showQueued(set: Partial<AuraJobProgress> = {}): Promise<ElementHarness<AuraJobProgress>> {
  const harness = await ElementHarness.show(AuraJobProgress, set);
  harness.client.job().tell(queued);
  await harness.painted();
  return harness;
}

before(() => {
  for (const [tag, strings] of Object.entries({ de, ar })) setStrings(tag, strings);
});

afterEach(() => {
  for (const name of ['lang', 'dir']) document.documentElement.removeAttribute(name);
});

describe('language', () => {
  it('is that of the nearest ancestor, and changes with it', async () => {
    document.documentElement.lang = 'de';
    const harness = await showQueued();
    expect(harness.text('stage')).to.equal(QUEUED.de);

    document.querySelector('main')!.lang = 'ar';
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.ar);

    document.querySelector('main')!.removeAttribute('lang');
    document.documentElement.lang = 'en-GB';
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.en);
  });

  it('is that of the element itself where it has one', async () => {
    document.documentElement.lang = 'ar';
    const harness = await showQueued({ lang: 'de' });
    expect(harness.text('stage')).to.equal(QUEUED.de);

    harness.element.lang = '';
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.ar);
  });

  it('comes through shadow borders, also live', async () => {
    const harness = await showQueued();
    const outer = document.createElement('div');
    const inner = document.createElement('div');
    place().append(outer);
    outer.lang = 'de';
    outer.attachShadow({ mode: 'closed' }).append(inner);
    inner.attachShadow({ mode: 'open' }).append(harness.element);
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.de);

    inner.lang = 'ar';
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.ar);

    inner.lang = '';
    outer.lang = 'en';
    await harness.painted();
    expect(harness.text('stage')).to.equal(QUEUED.en);
  });

  it('follows the element to another place', async () => {
    const harness = await showQueued();
    const german = document.createElement('section');
    german.lang = 'de';
    document.querySelector('main')!.append(german);
    german.append(harness.element);
    await harness.painted();

    expect(harness.text('stage')).to.equal(QUEUED.de);
  });

  it('is looked for only while the element is on the page, by one observer', async () => {
    const { MutationObserver: Real } = globalThis;
    const watched: Node[] = [];
    const { observe, disconnect } = Real.prototype;
    Real.prototype.observe = function observed(node, options) {
      if (options?.attributeFilter?.includes('lang')) watched.push(node);
      observe.call(this, node, options);
    };
    Real.prototype.disconnect = function released() {
      watched.length = 0;
      disconnect.call(this);
    };
    const first = await showQueued();
    const second = await ElementHarness.show(AuraRenderStatus, {}, first.client);
    document.querySelector('main')!.append(first.element);
    const during = [...watched];
    first.element.remove();
    second.element.remove();
    Object.assign(Real.prototype, { observe, disconnect });

    expect(during).to.deep.equal([document]);
    expect(watched).to.deep.equal([]);
  });

  it('costs nothing where something else of the page changes', async () => {
    document.documentElement.lang = 'de';
    const harness = await showQueued();
    let updates = 0;
    harness.element.requestUpdate = () => void updates++;
    const other = document.createElement('p');
    document.body.append(other);
    other.lang = 'fr';
    other.dir = 'rtl';
    await Promise.resolve();

    expect(updates).to.equal(0);
    other.remove();
  });
});

describe('direction', () => {
  const barFillsFrom = (harness: ElementHarness<AuraJobProgress>): string => {
    const { left, right } = harness.progressbar!.getBoundingClientRect();
    const first = harness.progressbar!.querySelector('.segment')!.getBoundingClientRect();
    // A browser may round to parts of a pixel.
    const meet = (one: number, other: number): boolean => Math.abs(one - other) < 1;
    return meet(first.left, left) ? 'left' : meet(first.right, right) ? 'right' : 'neither';
  };

  it('is that of the texts', async () => {
    const harness = await showQueued({ lang: 'ar' });
    expect(getComputedStyle(harness.part('base')!).direction).to.equal('rtl');
    expect(barFillsFrom(harness)).to.equal('right');
    expect(harness.progressbar!.matches(':dir(rtl)')).to.equal(true);

    harness.element.lang = 'de';
    await harness.painted();
    expect(getComputedStyle(harness.part('base')!).direction).to.equal('ltr');
    expect(barFillsFrom(harness)).to.equal('left');
  });

  it('is left to the page where that says it at least as near as the language', async () => {
    document.documentElement.lang = 'en';
    document.documentElement.dir = 'rtl';
    const harness = await showQueued();
    expect(getComputedStyle(harness.part('base')!).direction).to.equal('rtl');

    harness.element.lang = 'de';
    await harness.painted();
    expect(getComputedStyle(harness.part('base')!).direction).to.equal('ltr');
  });

  it('stays that of a page whose language nobody speaks, and says which language it is instead', async () => {
    document.documentElement.lang = 'he';
    document.documentElement.dir = 'rtl';
    const harness = await showQueued();

    expect(harness.text('stage')).to.equal(QUEUED.en);
    expect(harness.part('base')!.lang).to.equal('en');
    expect(getComputedStyle(harness.part('base')!).direction).to.equal('rtl');
  });

  it('also turns the dialog, and passes axe', async () => {
    const harness = await ElementHarness.show(AuraJobProgress, { lang: 'ar', cancellable: true });
    harness.client.job().tell(...upToVisuals);
    await harness.ticked();
    await harness.click('cancel-button');

    expect(getComputedStyle(harness.dialog!).direction).to.equal('rtl');
    expect(harness.dialog!.innerText).to.contain(ar.cancelTitle);
    await expect(harness.element).to.be.accessible();
  });
});
