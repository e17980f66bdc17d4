/** What elements do as seconds pass: try again, drop old estimates, and otherwise nothing. */
import { AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';
import { AuraError } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness, place } from '../support/element-harness.ts';
import { completed, progress, queued, upToVisuals, warning } from '../support/job-script.ts';
import { ScriptedJob } from '../support/scripted-client.ts';
import { FakeClock } from './fake-clock.ts';

const gone = new AuraError('gone', { code: 'ConnectionLost', retryable: true });

describe('seconds that pass', () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  afterEach(() => {
    clock.restore();
    Reflect.deleteProperty(document, 'hidden');
  });

  async function shown(error: AuraError | undefined, ...events: typeof upToVisuals) {
    const harness = await ElementHarness.show(AuraJobProgress);
    harness.client.job().tell(...events);
    if (error) harness.client.job().connect({ status: 'failed', error });
    await clock.pass(200);
    return harness;
  }

  it('tries again every 30 s, when the network is back and when the page is looked at, until it has worked', async () => {
    const harness = await shown(gone, ...upToVisuals);
    const job = harness.client.job();
    await clock.pass(29_000);
    expect(job.reconnects).to.equal(0);
    await clock.pass(31_000);
    expect(job.reconnects).to.equal(2);

    dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(job.reconnects).to.equal(4);

    job.connect({ status: 'open' });
    dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    await clock.pass(60_000);
    expect(job.reconnects).to.equal(4);
  });

  for (const code of ['JobNotFound', 'AccessDenied', 'InvalidAnswer']) {
    it(`mends no ${code}`, async () => {
      const harness = await shown(new AuraError('no', { code }));
      dispatchEvent(new Event('online'));
      await clock.pass(60_000);

      expect(harness.client.job().reconnects).to.equal(0);
      expect(clock.waiting).to.equal(0);
    });
  }

  it('leaves nothing running after an element that has left', async () => {
    const harness = await shown(gone, ...upToVisuals);
    harness.element.remove();
    await clock.pass(0);
    dispatchEvent(new Event('online'));

    expect(harness.client.job().reconnects).to.equal(0);
    expect(clock.waiting).to.equal(0);
  });

  it('drops an estimate that nobody renews, and counts the seconds that pass', async () => {
    const harness = await shown(undefined, ...upToVisuals);
    expect(harness.text('facts')).to.contain('about 2 min left');

    await clock.pass(15_000);
    expect(harness.text('facts').replace(/\s/g, '')).to.equal('lastupdate15sagoscene3of51m20selapsed');
    await clock.pass(3000);
    expect(harness.text('facts')).to.contain('1m 23s elapsed');

    harness.client.job().tell(progress('Visuals', 50, { elapsedTime: '00:01:24', estimatedTimeRemaining: '00:00:30' }));
    await clock.pass(200);
    expect(harness.text('facts').replace(/\s/g, '')).to.equal('about30sleft1m24selapsed');
  });

  it('claims no age of news that it never had', async () => {
    const harness = await shown(undefined);
    const job = harness.client.job();
    const scratch = new ScriptedJob('job-1');
    scratch.tell(...upToVisuals, warning('Stall', { stallDurationSeconds: 120 }));
    job.set(scratch.snapshot!);
    await clock.pass(200);

    expect(harness.text('facts')).not.to.contain('last update');
  });

  it('drops the estimate at once when the server says that the job stalls', async () => {
    const harness = await shown(undefined, ...upToVisuals, warning('Stall', { stallDurationSeconds: 120 }));

    expect(harness.text('facts')).not.to.contain('left');
    await clock.pass(2000);
    expect(harness.text('facts')).to.contain('1m 7s elapsed');
  });

  it('counts on how long a job stalls, which the server says once', async () => {
    const harness = await ElementHarness.show(AuraRenderStatus);
    harness.client.job().tell(...upToVisuals);
    await clock.pass(5000);
    harness.client.job().tell(warning('Stall', { stallDurationSeconds: 5 }));
    await clock.pass(200);
    expect(harness.text('stalled')).to.contain('Nothing has moved for 5s');

    await clock.pass(20_000);
    expect(harness.text('stalled')).to.contain('Nothing has moved for 25s');
  });

  it('runs no clock for a job that waits or has ended, nor for an element that nobody sees', async () => {
    await shown(undefined, queued);
    expect(clock.waiting).to.equal(0);
    await shown(undefined, ...upToVisuals, completed);
    expect(clock.waiting).to.equal(0);

    const harness = await shown(undefined, ...upToVisuals);
    await clock.pass(20_000);
    expect(clock.waiting).to.equal(1);
    const far = document.createElement('div');
    far.style.height = '500vh';
    place().append(far, harness.element);
    for (let tries = 0; !harness.element.matches(':state(offscreen)') && tries < 100; tries++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    expect(clock.waiting).to.equal(0);
  });

  for (const Class of [AuraJobProgress, AuraRenderStatus]) {
    it(`runs and paints nothing on a hidden page, and catches up (${Class.name})`, async () => {
      const harness = await ElementHarness.show<AuraJobProgress | AuraRenderStatus>(Class);
      const job = harness.client.job();
      job.tell(...upToVisuals);
      const reason = new Error('gone');
      const nextAttemptAt = Date.now() + 60_000;
      job.connect({ status: 'reconnecting', attempt: 1, of: 5, nextAttemptAt, reason });
      await clock.pass(200);
      expect(clock.waiting).to.equal(1);

      turnPage(true);
      await clock.pass(200);
      expect(clock.waiting).to.equal(0);
      expect(harness.element.getAnimations({ subtree: true })).to.have.length(0);
      const before = harness.element.renderRoot.textContent;
      job.tell(progress('Visuals', 60));
      await clock.pass(10_000);
      expect(harness.element.renderRoot.textContent).to.equal(before);
      expect(clock.waiting).to.equal(0);

      turnPage(false);
      await clock.pass(0);
      expect(harness.text('percent')).to.equal('60%');
      expect(harness.text('connection')).to.contain('in 50s');
      expect(clock.waiting).to.equal(1);
    });
  }
});

/** Shows the page, or hides it behind another. */
function turnPage(hidden: boolean): void {
  if (hidden) Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  else Reflect.deleteProperty(document, 'hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}
