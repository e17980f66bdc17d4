/** What elements say and do when nothing is heard of a job any more. */
import { AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';
import { AuraError } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import { completed, queued, started, upToVisuals, warning } from '../support/job-script.ts';

const gone = new AuraError('gone', { code: 'ConnectionLost', retryable: true });
const failed = (error = gone) => ({ status: 'failed', error }) as const;

type Either = AuraJobProgress | AuraRenderStatus;

/** A job in the middle of Visuals whose connection is given up. */
async function showLost<T extends Either>(Class: new () => T): Promise<ElementHarness<T>> {
  const harness = await ElementHarness.show<T>(Class);
  harness.client.job().tell(...upToVisuals);
  await harness.ticked();
  harness.client.job().connect(failed());
  await harness.painted();
  return harness;
}

const animations = ({ element }: ElementHarness<Either>): Animation[] =>
  [...element.renderRoot.querySelectorAll('*')].flatMap((part) => part.getAnimations());

describe('a connection that is given up while a job is shown', () => {
  for (const Class of [AuraJobProgress, AuraRenderStatus]) {
    it(`leaves nothing in <${Class.name}> that claims to be the present`, async () => {
      const harness = await showLost<Either>(Class);

      expect(harness.text()).to.contain('Last known: Visuals, 47%');
      expect(harness.text()).to.contain('Work goes on at the server. This page just cannot see it right now.');
      expect(harness.text('connection')).to.equal('Connection lost');
      expect(harness.text()).not.to.match(/left|elapsed|scene|Working on|In progress|Making/);
      expect(harness.progressbar).to.have.attribute('aria-valuetext', 'Last known: Visuals, 47%');
      expect(harness.progressbar).not.to.have.class('glides');
      expect(animations(harness)).to.deep.equal([]);
      expect(harness.element.matches(':state(lost)')).to.equal(true);
      expect(harness.element.matches(':state(running)')).to.equal(false);
      await expect(harness.element).to.be.accessible();
    });
  }

  it('offers Reconnect, and stays honest until that has worked', async () => {
    const harness = await showLost(AuraRenderStatus);
    await harness.click('reconnect-button');
    harness.client.job().connect({ status: 'connecting' });
    await harness.painted();
    expect(harness.client.job().reconnects).to.equal(1);
    expect(harness.text('title')).to.equal('Last known: Visuals, 47%');
    expect(harness.text('connection')).to.equal('Connecting…');

    harness.client.job().connect({ status: 'open' });
    await harness.painted();
    expect(harness.text('title')).to.equal('Making your video');
    expect(harness.text('facts')).to.contain('elapsed');
    expect(harness.part('lost')).to.equal(null);
  });

  it('knows that a job waited, and that it stalled no more than anything else', async () => {
    const harness = await ElementHarness.show(AuraRenderStatus);
    harness.client.job().tell(queued);
    harness.client.job().connect(failed());
    await harness.painted();
    expect(harness.text('title')).to.equal('Last known: Waiting to start');

    harness.client.job().tell(started, warning('Stall', { stallDurationSeconds: 120 }));
    harness.client.job().connect(failed(new AuraError('gone', { code: 'ConnectionLost' })));
    await harness.painted();
    expect(harness.part('stalled')).to.equal(null);
  });

  it('shows nothing of a job that the server does not know any more', async () => {
    const harness = await showLost(AuraRenderStatus);
    harness.client.job().connect(failed(new AuraError('no', { code: 'JobNotFound' })));
    await harness.painted();

    expect(harness.text()).to.contain('Job not found It may have expired, or it belongs to somebody else.');
    expect([harness.steps, harness.progressbar, harness.part('connection')]).to.deep.equal([[], null, null]);
    expect(harness.spoken.at(-1)!.text).to.contain('Job not found. It may have expired');
  });

  it('is no concern of a job that has ended', async () => {
    const harness = await ElementHarness.show(AuraJobProgress);
    harness.client.job().tell(...upToVisuals, completed);
    harness.client.job().connect(failed());
    await harness.painted();

    expect(harness.text('stage')).to.equal('Ready');
  });

  it('is told once, however often the element fails again by itself', async () => {
    const harness = await showLost(AuraJobProgress);
    const fail = async (): Promise<void> => {
      harness.client.job().connect({ status: 'connecting' });
      harness.client.job().connect(failed());
      await harness.painted();
    };
    await fail();
    expect(harness.events).to.deep.equal(['aura-error']);
    expect(harness.spoken.filter(({ text }) => text === 'Connection lost.')).to.have.length(1);

    await harness.click('reconnect-button');
    await fail();
    expect(harness.events).to.deep.equal(['aura-error', 'aura-error']);
  });
});
