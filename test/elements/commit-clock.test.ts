/** Restraint: paints at the pace of one clock, at once for what matters, and not at all where nobody looks. */
import { AuraJobProgress } from '@aura-jobs/elements';
import { expect, waitUntil } from '@open-wc/testing';
import { FakeClock } from './fake-clock.ts';
import { ElementHarness, place } from '../support/element-harness.ts';
import { commitSoon } from '../../elements/src/shared/commit-clock.ts';
import { completed, progress, started, upToVisuals } from '../support/job-script.ts';

/** Counts how often an element renders. */
class CountingProgress extends AuraJobProgress {
  paints = 0;

  override updated(): void {
    super.updated();
    this.paints++;
  }
}

const show = (): Promise<ElementHarness<CountingProgress>> => ElementHarness.show(CountingProgress);

describe('commit clock', () => {
  it('paints many events of one interval once', async () => {
    const harness = await show();
    harness.client.job().tell(started);
    await harness.painted();
    const before = harness.element.paints;
    for (let percent = 1; percent < 15; percent += 0.1) harness.client.job().tell(progress('Script', percent));
    expect(harness.element.paints).to.equal(before);

    await harness.ticked();
    expect(harness.element.paints).to.equal(before + 1);
    expect(harness.text('percent')).to.equal('14%');
    expect(harness.fired.filter(({ type }) => type === 'aura-progress')).to.have.length(2);
  });

  it('paints a change of status and trouble with the connection at once', async () => {
    const harness = await show();
    harness.client.job().tell(...upToVisuals);
    await harness.element.updateComplete;
    expect(harness.text('stage')).to.equal('Visuals');

    const reason = new Error('gone');
    harness.client.job().connect({ status: 'reconnecting', attempt: 1, of: 5, nextAttemptAt: Date.now(), reason });
    await harness.element.updateComplete;
    expect(harness.text('connection')).to.contain('Reconnecting 1 of 5');

    harness.client.job().tell(completed);
    await harness.element.updateComplete;
    expect(harness.text('stage')).to.equal('Ready');
  });

  it('paints nothing off screen, catches up when it comes into sight, and fires its events all the same', async () => {
    const harness = await show();
    const { element, client } = harness;
    const far = document.createElement('div');
    far.style.height = '500vh';
    place().append(far, element);
    let onScreen = true;
    new IntersectionObserver(([entry]) => (onScreen = entry!.isIntersecting)).observe(element);
    await waitUntil(() => !onScreen);
    await harness.ticked();
    const before = element.paints;
    client.job().tell(...upToVisuals, completed);
    await harness.ticked();
    expect(element.paints).to.equal(before);
    expect(harness.events).to.deep.equal(['aura-job-completed']);

    element.scrollIntoView();
    await waitUntil(() => harness.text('stage') === 'Ready');
  });

  it('paints once for paper what is off screen', async () => {
    const harness = await show();
    const { element, client } = harness;
    const far = document.createElement('div');
    far.style.height = '500vh';
    place().append(far, element);
    window.scrollTo(0, 0);
    await waitUntil(() => element.matches(':state(offscreen)'));
    client.job().tell(...upToVisuals);
    window.dispatchEvent(new Event('beforeprint'));
    // As a browser does: what is asked for in its listeners is done before it prints.
    await Promise.resolve();
    expect(harness.text('stage')).to.equal('Visuals');

    window.dispatchEvent(new Event('afterprint'));
    await harness.ticked();
    const before = element.paints;
    client.job().tell(completed);
    await harness.ticked();
    expect(element.paints).to.equal(before);
  });

  it('ticks less often the more elements move, and as fast as before once few do', async () => {
    const clock = new FakeClock();
    const waits: number[] = [];
    for (const count of [100, 100, 1, 1, 10_000, 1, 25, 1]) {
      const start = Date.now();
      for (let n = 0; n < count; n++) commitSoon(() => n === 0 && waits.push(Date.now() - start));
      await clock.pass(1000);
    }
    clock.restore();

    expect(waits).to.deep.equal([100, 400, 400, 100, 100, 1000, 100, 100]);
  });

  it('does nothing while nothing happens', async () => {
    const harness = await show();
    harness.client.job().tell(...upToVisuals);
    await harness.ticked();
    const before = harness.element.paints;
    const timers: unknown[] = [];
    const { setTimeout: realTimeout, setInterval: realInterval, requestAnimationFrame: realFrame } = globalThis;
    Object.assign(globalThis, {
      setTimeout: (...args: unknown[]) => timers.push(args),
      setInterval: (...args: unknown[]) => timers.push(args),
      requestAnimationFrame: (...args: unknown[]) => timers.push(args),
    });
    await new Promise((resolve) => realTimeout(resolve, 300));
    Object.assign(globalThis, {
      setTimeout: realTimeout,
      setInterval: realInterval,
      requestAnimationFrame: realFrame,
    });

    expect(timers).to.have.length(0);
    expect(harness.element.paints).to.equal(before);
  });
});
