/** `<aura-render-status>`: each state of the card, cancel, retry, and text that stays text. */
import { AuraRenderStatus, setStrings } from '@aura-jobs/elements';
import { de } from '@aura-jobs/elements/locales/de';
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
} from '../support/job-script.ts';

const show = (set: Partial<AuraRenderStatus> = {}): Promise<ElementHarness<AuraRenderStatus>> =>
  ElementHarness.show(AuraRenderStatus, set);

/** A card whose job stands in the middle of Visuals. */
async function showRunning(): Promise<ElementHarness<AuraRenderStatus>> {
  const harness = await show();
  harness.client.job().tell(...upToVisuals);
  await harness.ticked();
  return harness;
}

async function showFailed(): Promise<ElementHarness<AuraRenderStatus>> {
  const harness = await showRunning();
  harness.client.job().tell(failed);
  await harness.painted();
  return harness;
}

describe('<aura-render-status>', () => {
  describe('accessibility', () => {
    it('passes axe while there is no job, and while nothing is known of it', async () => {
      const harness = await show({ jobId: '' });
      await expect(harness.element).to.be.accessible();

      harness.element.jobId = 'job-1';
      await harness.painted();
      await expect(harness.element).to.be.accessible();
    });

    for (const code of ['JobNotFound', 'ConnectionLost']) {
      it(`passes axe after ${code}`, async () => {
        const harness = await show();
        harness.client.job().connect({ status: 'failed', error: new AuraError('gone', { code }) });
        await harness.painted();

        await expect(harness.element).to.be.accessible();
      });
    }

    it('passes axe with everything open that can be open', async () => {
      const harness = await showRunning();
      harness.client.job().tell(warning('One'), warning('Two'), warning('Stall', { stallDurationSeconds: 120 }));
      await harness.ticked();
      harness.part('log')!.querySelector('summary')!.click();
      await harness.ticked();
      await expect(harness.element).to.be.accessible();

      await harness.click('cancel-button');
      await expect(harness.element).to.be.accessible();
    });

    for (const ending of [completed, failed, canceled]) {
      it(`passes axe after ${ending.type}`, async () => {
        const harness = await showRunning();
        harness.client.job().tell(ending);
        await harness.painted();

        await expect(harness.element).to.be.accessible();
      });
    }

    it('gives every control at least 24 by 24 pixels', async () => {
      const harness = await showRunning();
      harness.client.job().tell(warning('One'));
      await harness.ticked();
      const controls = [...harness.parts('button'), ...harness.element.renderRoot.querySelectorAll('summary')];
      const sizes = controls.map((control) => control.getBoundingClientRect()).filter(({ width }) => width > 0);

      expect(sizes).to.have.length(3);
      for (const { width, height } of sizes) expect(Math.min(width, height)).to.be.at.least(24);
    });
  });

  describe('states', () => {
    it('shows what the page puts there while there is no job', async () => {
      const harness = await show({ jobId: '' });

      expect(harness.text()).to.equal('No job to show yet.');
      harness.element.innerHTML = '<p slot="empty">Start one.</p>';
      expect(harness.element.renderRoot.querySelector('slot')!.assignedElements()).to.have.length(1);
    });

    it('tells a missing job and a forbidden one from a lost connection, and reconnects', async () => {
      const harness = await show();
      const titles: string[] = [];
      for (const code of ['JobNotFound', 'AccessDenied', 'ConnectionLost']) {
        harness.client.job().connect({ status: 'failed', error: new AuraError('no', { code }) });
        await harness.painted();
        titles.push(harness.text('title'));
      }
      expect(titles).to.deep.equal(['Job not found', 'Access denied', 'Connection lost']);

      await harness.click('reconnect-button');
      expect(harness.client.job().reconnects).to.equal(1);
    });

    it('shows the place in the queue', async () => {
      const harness = await show();
      harness.client.job().tell(queued);
      harness.client.job().set({ ...harness.client.job().snapshot!, queuePosition: 2 });
      await harness.ticked();

      expect(harness.text('title')).to.equal('Waiting to start');
      expect(harness.text('facts')).to.match(/^2 jobs are ahead waiting since/);
      expect(harness.part('cancel-button')).not.to.equal(null);
    });

    it('lists the five steps with status and time', async () => {
      const harness = await showRunning();

      expect(harness.steps).to.deep.equal([
        'Script Succeeded',
        'TTS Succeeded',
        'Visuals Running',
        'Composition Pending',
        'Rendering Pending',
      ]);
      const [script, , visuals, composition] = harness
        .parts('step')
        .map((step) => step.innerText.trim().split(/\s*\n\s*/));
      expect(script).to.deep.equal(['Script', 'Done', '2s']);
      expect(visuals).to.deep.equal(['Visuals', 'In progress', '42%']);
      expect(composition!.slice(0, 2)).to.deep.equal(['Composition', 'Waiting']);
    });

    it('shows the four newest warnings, until they are put away', async () => {
      const harness = await showRunning();
      harness.client.job().tell(...['a', 'b', 'c', 'd', 'e'].map((message) => warning(message)));
      await harness.ticked();
      const shown = (): string[] => harness.parts('warning').map((item) => item.innerText.charAt(0));
      expect(shown()).to.deep.equal(['b', 'c', 'd', 'e']);

      await harness.click('dismiss-button');
      expect(shown()).to.deep.equal(['a', 'c', 'd', 'e']);
    });

    it('renders the log only while it is open', async () => {
      const harness = await showRunning();
      expect(harness.part('log')!.querySelectorAll('li')).to.have.length(0);

      harness.part('log')!.querySelector('summary')!.click();
      await harness.ticked();
      expect(harness.part('log')!.querySelectorAll('li').length).to.be.greaterThan(3);
    });

    it('shows the finished video with subtitles and files', async () => {
      const harness = await showRunning();
      harness.client.job().tell(completed);
      await harness.painted();

      const video = harness.part('video') as HTMLVideoElement;
      expect(video.src).to.equal(`${location.origin}/artifacts/job-1/output.mp4`);
      expect(video.querySelector('track')!.src).to.equal(`${location.origin}/artifacts/job-1/subtitles.vtt`);
      expect(video.crossOrigin).to.equal(null);
      expect(harness.parts('download').map((link) => link.innerText.replace(/\s+/g, ' ').trim())).to.deep.equal([
        'output.mp4 2.4 MB',
        'subtitles.srt 812 bytes',
        'subtitles.vtt 830 bytes',
      ]);
      expect(harness.text('facts').replace(/\s+/g, '')).to.equal('2.4MBMadein5s');
    });

    it('says no size of a file that has none', async () => {
      const harness = await showRunning();
      const job = harness.client.job();
      job.tell(completed);
      const artifacts = job.snapshot!.artifacts.map((one, index) => ({ ...one, sizeBytes: [0, NaN, 830][index]! }));
      job.set({ ...job.snapshot!, artifacts, output: { ...job.snapshot!.output!, sizeBytes: NaN } });
      await harness.painted();

      expect(harness.parts('download').map((link) => link.innerText.replace(/\s+/g, ' ').trim())).to.deep.equal([
        'output.mp4',
        'subtitles.srt',
        'subtitles.vtt 830 bytes',
      ]);
      expect(harness.text('facts')).to.equal('Made in 5s');
    });

    it('asks for CORS only where a player of another origin needs it for subtitles', async () => {
      const harness = await showRunning();
      harness.client.url = (path) => `https://video.example.com${path}`;
      harness.client.job().tell(completed);
      await harness.painted();

      expect((harness.part('video') as HTMLVideoElement).crossOrigin).to.equal('anonymous');
    });

    it('shows what went wrong, what to do, and what to tell support', async () => {
      const harness = await showFailed();

      expect(harness.text('title')).to.equal('The video could not be made');
      expect(harness.text('error-message')).to.equal('The pictures could not be drawn.');
      expect(harness.text('error')).to.equal(
        'There is no font for this language. Install a font, then try again. FontMissing',
      );
      expect(harness.text('reference')).to.contain('corr-42');
      expect(harness.part('details')!.querySelector('pre')!.textContent).to.equal('resvg: no glyph');
      expect(harness.steps[2]).to.equal('Visuals Failed');
    });

    it('keeps stage and percent of a cancelled job and is not alarmed by it', async () => {
      const harness = await showRunning();
      harness.client.job().tell(canceled);
      await harness.painted();

      expect(harness.text()).to.contain('Stopped in Visuals at 47%.');
      expect(harness.element.matches(':state(canceled)')).to.equal(true);
      expect(harness.spoken.some(({ assertive }) => assertive)).to.equal(false);
      expect(harness.events).to.deep.equal(['aura-job-canceled']);
    });

    it('lets no step wait for a job that has ended', async () => {
      for (const ending of [failed, canceled]) {
        const harness = await showRunning();
        harness.client.job().tell(ending);
        await harness.painted();

        const words = harness.parts('step').map((step) => step.innerText.split(/\s*\n\s*/)[1]);
        expect(words.slice(3)).to.deep.equal(['Not done', 'Not done']);
      }
    });

    it('calls the steps by one name everywhere', async () => {
      const harness = await showRunning();
      harness.client.job().tell(canceled);
      await harness.painted();
      harness.part('log')!.querySelector('summary')!.click();
      await harness.ticked();

      expect(harness.text('log')).to.contain('Narration started');
      expect(harness.text('log')).to.match(/Cancelled Follow/);
      expect(harness.text()).not.to.match(/TTS|Canceled/);
    });

    it('breaks no word of a step on the narrowest screens', async () => {
      const harness = await show();
      harness.element.style.inlineSize = '288px';
      for (const ending of [undefined, canceled]) {
        harness.client.job().tell(...(ending ? [ending] : [started, stepStarted('Composition')]));
        await harness.painted();

        for (const name of harness.element.renderRoot.querySelectorAll('.step-name')) {
          const range = document.createRange();
          range.selectNodeContents(name);
          expect(range.getClientRects(), name.textContent).to.have.length(1);
        }
        const row = harness.parts('step')[3]!;
        expect(row.scrollWidth).to.be.at.most(row.clientWidth);
      }
    });

    it('promises no time for a job that rests, and says so of its step', async () => {
      const harness = await showRunning();
      const job = harness.client.job();
      job.tell(progress('Visuals', 47, { estimatedTimeRemaining: '00:02:00' }));
      await harness.ticked();
      expect(harness.text('facts')).to.contain('about 2 min left');

      job.tell({
        type: 'job-status',
        data: { status: 'Paused', stage: 'Visuals', percent: 47, correlationId: 'corr-42' },
      });
      await harness.ticked();
      expect(harness.text('facts')).not.to.contain('left');
      const [, , step] = harness.parts('step');
      expect(step!.textContent).to.contain('Paused').and.not.to.contain('In progress');
      expect(getComputedStyle(step!.querySelector('svg')!).animationName).to.equal('none');
      expect(harness.spoken.at(-1)?.text).to.equal('Paused');

      job.tell({
        type: 'job-status',
        data: { status: 'Running', stage: 'Visuals', percent: 47, correlationId: 'corr-42' },
      });
      await harness.ticked();
      expect(step!.textContent).to.contain('In progress');
      expect(harness.text('facts')).to.contain('left');
    });

    it('says that it stalls, and takes it back when the job moves', async () => {
      const harness = await showRunning();
      harness.client.job().tell(warning('Stall', { stallDurationSeconds: 124 }));
      await harness.ticked();
      expect(harness.text('stalled')).to.contain('Nothing has moved for 2m 4s (Visuals, 47%).');

      harness.client.job().tell(progress('Visuals', 50));
      await harness.ticked();
      expect(harness.part('stalled')).to.equal(null);
    });
  });

  describe('cancel', () => {
    it('asks first, and does nothing when the answer is no', async () => {
      const harness = await showRunning();
      await harness.click('cancel-button');
      expect(harness.dialog!.open).to.equal(true);
      expect(harness.dialog!.innerText).to.contain('temporary files are deleted. This cannot be undone.');

      harness.dialog!.querySelector('button')!.click();
      await harness.painted();
      expect(harness.dialog!.open).to.equal(false);
      expect(harness.client.commands).to.deep.equal([]);
    });

    it('says “Cancelling…” until the server agrees, with the focus where it was', async () => {
      const harness = await showRunning();
      await harness.cancel();

      expect(harness.client.commands).to.deep.equal(['cancel job-1']);
      expect(harness.events).to.deep.equal(['aura-cancel-request']);
      expect(harness.text('facts')).not.to.contain('left');
      expect(harness.text('cancel-button')).to.equal('Cancelling…');
      expect(harness.element.renderRoot).to.have.property('activeElement', harness.part('cancel-button'));
      expect(harness.steps[2]).to.equal('Visuals Running');

      await harness.click('cancel-button');
      expect(harness.dialog!.open).to.equal(false);

      harness.client.job().tell(canceled);
      await harness.painted();
      expect(harness.text('title')).to.equal('Cancelled');
      expect(harness.element.renderRoot).to.have.property('activeElement', harness.part('title'));
    });

    it('shows why the server refused and gives the button back', async () => {
      const harness = await showRunning();
      const problem = { detail: 'The job has ended already.' };
      const refusal = new AuraError('POST answered 409', { code: 'NotCancellable', status: 409, problem });
      harness.client.cancelAnswer = () => Promise.reject(refusal);
      await harness.cancel();

      expect(harness.text('refusal')).to.equal('It could not be cancelled. The job has ended already.');
      expect(harness.text('cancel-button')).to.equal('Cancel');
      expect(harness.events).to.deep.equal(['aura-cancel-request', 'aura-error']);
    });

    // It said “It could not be cancelled. POST https://… : Failed to fetch”, also when the connection was long back.
    it('says in the language of the page that there is no connection, until there is one', async () => {
      const harness = await showRunning();
      const lost = new AuraError('POST /cancel: Failed to fetch', { code: 'ConnectionLost' });
      harness.client.cancelAnswer = () => Promise.reject(lost);
      await harness.cancel();
      expect(harness.text('refusal')).to.equal('It could not be cancelled. Connection lost.');
      setStrings('de', de);
      harness.element.lang = 'de';
      await harness.painted();
      expect(harness.text('refusal')).to.equal('Das Video konnte nicht abgebrochen werden. Verbindung verloren.');
      expect(harness.fired.at(-1)).to.have.nested.property('detail.message', 'POST /cancel: Failed to fetch');

      harness.client.job().connect({ status: 'polling' });
      await harness.painted();
      expect(harness.text('refusal')).to.equal('');
    });

    it('leaves it to the page when the page wants that', async () => {
      const harness = await showRunning();
      harness.element.addEventListener('aura-cancel-request', (event) => event.preventDefault());
      await harness.cancel();

      expect(harness.client.commands).to.deep.equal([]);
      expect(harness.text('cancel-button')).to.equal('Cancel');
    });
  });

  describe('retry', () => {
    it('follows the new job and tells the page', async () => {
      const harness = await showFailed();
      await harness.click('retry-button');
      harness.client.job('job-2').tell(queued);
      await harness.painted();

      expect(harness.client.commands).to.deep.equal(['retry job-1']);
      expect(harness.element.jobId).to.equal('job-2');
      expect(harness.text('title')).to.equal('Waiting to start');
      expect(harness.events).to.deep.equal(['aura-job-failed', 'aura-retry-request', 'aura-job-retried']);
      const retried = harness.fired.find(({ type }) => type === 'aura-job-retried');
      expect(retried).to.have.deep.property('detail', { jobId: 'job-2', retryOf: 'job-1' });
      expect(harness.client.job('job-1').open).to.equal(0);
      expect(harness.element.renderRoot).to.have.property('activeElement', harness.part('title'));
    });

    it('shows a refusal and stays with the failed job', async () => {
      const harness = await showFailed();
      harness.client.retryAnswer = () => Promise.reject(new Error('Not now.'));
      await harness.click('retry-button');

      expect(harness.text('refusal')).to.equal('It could not be started again.');
      expect(harness.text('retry-button')).to.equal('Try again');
      expect(harness.element.jobId).to.equal('job-1');
    });
  });

  describe('text of the server', () => {
    const hostile = '<img src=x onerror="document.title=1"><b>bold</b>';

    it('stays text everywhere', async () => {
      const harness = await showRunning();
      harness.client.job().tell(progress('Visuals', 50, { message: hostile }), warning(hostile));
      harness.client.job().set({ ...harness.client.job().snapshot!, title: hostile });
      await harness.ticked();
      harness.part('log')!.querySelector('summary')!.click();
      await harness.ticked();
      for (const part of ['message', 'warning', 'job-title', 'log']) expect(harness.text(part)).to.contain(hostile);

      const error = { code: hostile, message: hostile, remediation: hostile, details: hostile };
      harness.client.job().tell({ ...failed, data: { ...failed.data, errors: [error] } } as typeof failed);
      await harness.painted();
      expect(harness.text('error')).to.contain(hostile);
      expect(harness.element.renderRoot.querySelectorAll('img, b')).to.have.length(0);
    });

    it('becomes a link only if it is an address that a browser would just fetch', async () => {
      const harness = await showRunning();
      const paths = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/fine.mp4', 'blob:x'];
      const artifacts = paths.map((path) => ({ name: path, path, type: 'x', sizeBytes: 1 }));
      const output = { videoPath: 'javascript:alert(1)', subtitlePath: '', sizeBytes: 1 };
      harness.client.job().tell({ ...completed, data: { ...completed.data, artifacts, output } } as typeof completed);
      await harness.painted();

      const links = harness.parts('download') as HTMLAnchorElement[];
      expect(links.map(({ href }) => href)).to.deep.equal([`${location.origin}/fine.mp4`, 'blob:x']);
      expect(harness.part('video')).to.equal(null);
      expect(harness.text()).to.contain('javascript:alert(1)');
    });
  });
});
