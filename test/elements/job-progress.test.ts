/** `<aura-job-progress>`: what it says of each state, to the eye and to the ear. */
import { AuraJobProgress } from '@aura-jobs/elements';
import { AuraError } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import {
  canceled,
  completed,
  failed,
  progress,
  queued,
  started,
  stepStarted,
  upToVisuals,
  warning,
  wholeJob,
} from '../support/job-script.ts';

const show = (set: Partial<AuraJobProgress> = {}): Promise<ElementHarness<AuraJobProgress>> =>
  ElementHarness.show(AuraJobProgress, { cancellable: true, ...set });

describe('<aura-job-progress>', () => {
  describe('accessibility', () => {
    const endings = { 'before anything is known': [], queued: [queued], running: upToVisuals };
    for (const [state, events] of Object.entries(endings)) {
      it(`passes axe ${state === 'before anything is known' ? state : `while ${state}`}`, async () => {
        const harness = await show();
        harness.client.job().tell(...events);
        await harness.ticked();

        await expect(harness.element).to.be.accessible();
      });
    }

    for (const ending of [completed, failed, canceled]) {
      it(`passes axe after ${ending.type}`, async () => {
        const harness = await show();
        harness.client.job().tell(...upToVisuals, ending);
        await harness.painted();

        await expect(harness.element).to.be.accessible();
      });
    }

    it('has a value only while one is known', async () => {
      const harness = await show();
      expect(harness.progressbar).not.to.have.attribute('aria-valuenow');

      harness.client.job().tell(queued);
      await harness.painted();
      expect(harness.progressbar).not.to.have.attribute('aria-valuenow');
      expect(harness.progressbar).to.have.attribute('aria-valuetext', 'Waiting to start');

      harness.client.job().tell(...upToVisuals);
      await harness.ticked();
      expect(harness.progressbar).to.have.attribute('aria-valuenow', '47');
      expect(harness.progressbar).to.have.attribute('aria-valuetext', 'Visuals, 47%');
    });

    it('is labelled by the page, else by what the job is about, else in words of its own', async () => {
      const harness = await show();
      expect(harness.progressbar).to.have.attribute('aria-label', 'Video progress');

      harness.client.job().tell(queued);
      harness.client.job().set({ ...harness.client.job().snapshot!, title: 'How tides work' });
      await harness.ticked();
      expect(harness.progressbar).to.have.attribute('aria-label', 'How tides work');

      harness.element.label = 'Tides';
      await harness.painted();
      expect(harness.progressbar).to.have.attribute('aria-label', 'Tides');
      expect(harness.text('stage')).to.equal('Tides: Waiting to start');
    });

    it('speaks the start, each step and the end of a job, and nothing else', async () => {
      const harness = await show();
      for (const event of wholeJob) {
        harness.client.job().tell(event);
        if (event.type !== 'step-progress') await harness.painted();
      }

      expect(harness.spoken.map(({ text }) => text)).to.deep.equal([
        'Waiting to start.',
        'Step 1 of 5: Script.',
        'Step 2 of 5: Narration.',
        'Step 3 of 5: Visuals.',
        'Step 4 of 5: Composition.',
        'Step 5 of 5: Rendering.',
        'Your video is ready.',
      ]);
      expect(harness.spoken.some(({ assertive }) => assertive)).to.equal(false);
    });

    it('speaks a failure assertively, once', async () => {
      const harness = await show();
      harness.client.job().tell(...upToVisuals, failed);
      await harness.painted();

      expect(harness.spoken.filter(({ assertive }) => assertive)).to.deep.equal([
        { text: 'The video could not be made. The pictures could not be drawn.', assertive: true },
      ]);
    });

    it('says nothing twice when two elements show the same job', async () => {
      const first = await show();
      const second = await ElementHarness.show(AuraJobProgress, {}, first.client);
      document.querySelector('main')!.append(first.element);
      await first.painted();
      for (const event of [queued, started, stepStarted('TTS')]) {
        first.client.job().tell(event);
        await first.painted();
      }

      const texts = [...first.spoken, ...second.spoken].map(({ text }) => text).sort();
      expect(texts).to.deep.equal(['Step 1 of 5: Script.', 'Step 2 of 5: Narration.', 'Waiting to start.']);
    });
  });

  describe('states', () => {
    it('shows stage, whole percent, message, item, time left and time spent while running', async () => {
      const harness = await show();
      harness.client.job().tell(...upToVisuals);
      await harness.ticked();

      expect(harness.text('stage')).to.equal('Visuals');
      expect(harness.text('percent')).to.equal('47%');
      expect(harness.text('message')).to.equal('Working on Visuals');
      expect(harness.text('facts').replace(/\s/g, '')).to.equal('about2minleftscene3of51m5selapsed');
      expect(harness.element.matches(':state(running)')).to.equal(true);
    });

    it('says that the time left is unknown, and never shows 0 or NaN for it', async () => {
      const harness = await show();
      harness.client.job().tell(started, progress('Script', 3, { estimatedTimeRemaining: null, elapsedTime: null }));
      await harness.ticked();

      expect(harness.text('facts')).to.equal('time left unknown');
    });

    it('fills each segment by its own range', async () => {
      const harness = await show();
      harness.client.job().tell(...upToVisuals);
      await harness.ticked();

      const fills = [...harness.progressbar!.querySelectorAll<HTMLElement>('.fill')];
      const values = fills.map((element) => Number(element.style.getPropertyValue('--fill')));
      expect(values).to.deep.equal([1, 1, 0.42, 0, 0]);
    });

    it('tells how the job ended', async () => {
      const endings = { [completed.type]: 'Ready', [failed.type]: 'Failed in Visuals', [canceled.type]: 'Cancelled' };
      for (const ending of [completed, failed, canceled]) {
        const harness = await show();
        harness.client.job().tell(...upToVisuals, ending);
        await harness.painted();

        expect(harness.text('stage')).to.equal(endings[ending.type]);
        expect(harness.text('percent')).to.equal(ending === completed ? '100%' : '47%');
        expect(harness.part('cancel-button')).to.equal(null);
        expect(harness.part('connection')).to.equal(null);
      }
    });

    it('counts down to the next attempt', async () => {
      const harness = await show();
      const job = harness.client.job();
      job.tell(...upToVisuals);
      const nextAttemptAt = Date.now() + 3900;
      job.connect({ status: 'reconnecting', attempt: 2, of: 5, nextAttemptAt, reason: new Error('gone') });
      await harness.painted();

      expect(harness.text('connection')).to.equal('Reconnecting 2 of 5 in 4s');
    });

    it('says when the news is asked for, and when there is no network', async () => {
      const harness = await show();
      const job = harness.client.job();
      job.tell(...upToVisuals);
      for (const [status, said] of [
        ['polling', 'Live, checking often'],
        ['offline', 'Offline'],
        ['open', 'Live'],
      ] as const) {
        job.connect({ status });
        await harness.painted();
        expect(harness.text('connection')).to.equal(said);
      }
    });

    it('keeps its height from line to line', async () => {
      const harness = await show();
      harness.element.style.inlineSize = '20rem';
      harness.client.job().tell(queued);
      await harness.painted();
      const { height } = harness.element.getBoundingClientRect();

      const heights: number[] = [];
      for (const detail of ['', 'A detail that is much too long for one line of a narrow element']) {
        harness.client.job().tell(started, progress('Script', 3, { substageDetail: detail }));
        await harness.ticked();
        heights.push(harness.element.getBoundingClientRect().height);
      }
      const reason = new Error('gone');
      harness.client.job().connect({ status: 'reconnecting', attempt: 1, of: 5, nextAttemptAt: Date.now(), reason });
      await harness.painted();
      heights.push(harness.element.getBoundingClientRect().height);

      expect(heights).to.deep.equal([height, height, height]);
    });

    it('leaves it to the message to count what an encoder has done', async () => {
      const harness = await show();
      const message = 'Encoding 5 s of 45 s';
      harness.client.job().tell(started, progress('Rendering', 88, { message, currentItem: 6, totalItems: 45 }));
      await harness.ticked();

      expect(harness.text('message')).to.equal(message);
      expect(harness.text('facts')).not.to.contain('of 45');
    });

    it('gives the whole reason room when the job is missing', async () => {
      const harness = await show();
      harness.element.style.inlineSize = '15rem';
      harness.client.job().connect({ status: 'failed', error: new AuraError('no', { code: 'JobNotFound' }) });
      await harness.painted();

      const message = harness.part('message')!;
      expect(message.scrollWidth).to.be.at.most(message.clientWidth);
      expect(harness.text('message')).to.equal('It may have expired, or it belongs to somebody else.');
      expect(harness.spoken.at(-1)!.text).to.equal(
        'Job not found. It may have expired, or it belongs to somebody else.',
      );
    });

    it('says at once that it stalls', async () => {
      const harness = await show();
      harness.client.job().tell(...upToVisuals, warning('Nothing moves', { stallDurationSeconds: 120 }));
      await harness.ticked();

      expect(harness.element.matches(':state(stalled)')).to.equal(true);
      expect(harness.spoken.at(-1)?.text).to.equal('Nothing has moved for a while.');
    });
  });

  describe('cancel', () => {
    it('is offered only if the page wants it', async () => {
      const harness = await show({ cancellable: false });
      harness.client.job().tell(...upToVisuals);
      await harness.ticked();

      expect(harness.part('cancel-button')).to.equal(null);
    });

    it('keeps its word until the job has ended', async () => {
      const harness = await show();
      harness.client.job().tell(...upToVisuals);
      await harness.ticked();
      await harness.cancel();

      expect(harness.text('cancel-button')).to.equal('Cancelling…');
      expect(harness.element.matches(':state(cancelling)')).to.equal(true);

      harness.client.job().tell(canceled);
      await harness.painted();
      expect(harness.text('stage')).to.equal('Cancelled');
      expect(harness.element.matches(':state(cancelling)')).to.equal(false);
    });
  });
});
