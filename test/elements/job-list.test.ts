/** `<aura-job-list>`: order, filter, one connection, batches, drawer, keyboard, and many jobs at once. */
import '@aura-jobs/elements/define';
import { setStrings } from '@aura-jobs/elements';
import type { AuraJobList, AuraRenderStatus } from '@aura-jobs/elements';
import { de } from '@aura-jobs/elements/locales/de';
import { AuraError } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { expect, waitUntil } from '@open-wc/testing';
import { appeared, place } from '../support/element-harness.ts';
import { ListClient } from './list-client.ts';

const running: Partial<JobSnapshot> = { status: 'Running', stage: 'Visuals', percent: 47.6 };
const ended = { completedAt: '2026-01-01T00:01:00Z', startedAt: '2026-01-01T00:00:00Z' };
const failed: Partial<JobSnapshot> = { status: 'Failed', errorMessage: 'No font.', ...ended };
const succeeded: Partial<JobSnapshot> = { status: 'Succeeded', percent: 100, ...ended };

/** A server with one job in each state, told in another order than they belong. */
function mixed(): ListClient {
  return new ListClient()
    .add('done', succeeded)
    .add('old', running)
    .add('failed', failed)
    .add('waiting')
    .add('new', running)
    .add('canceled', { status: 'Canceled', stage: 'TTS', percent: 20, ...ended });
}

class ListHarness {
  readonly element: AuraJobList;
  readonly client: ListClient;
  readonly fired: Event[] = [];

  constructor(client: ListClient, set: Partial<AuraJobList>) {
    this.client = client;
    this.element = Object.assign(document.createElement('aura-job-list'), { client, ...set });
    for (const type of EVENTS) this.element.addEventListener(type, (event) => this.fired.push(event));
    place().append(this.element);
  }

  parts(part: string): HTMLElement[] {
    return [...this.element.renderRoot.querySelectorAll<HTMLElement>(`[part~="${part}"]`)];
  }

  part(part: string): HTMLElement | null {
    return this.parts(part)[0] ?? null;
  }

  text(part: string): string {
    return (this.part(part)?.innerText ?? '').replace(/\s+/g, ' ').trim();
  }

  get ids(): string[] {
    return this.parts('job').map(({ dataset }) => dataset.id!);
  }

  row(jobId: string): HTMLElement {
    return this.parts('job').find(({ dataset }) => dataset.id === jobId)!;
  }

  state(jobId: string): string {
    return this.row(jobId).querySelector<HTMLElement>('[part=job-state]')!.innerText;
  }

  get drawer(): AuraRenderStatus {
    return this.element.renderRoot.querySelector('aura-render-status')!;
  }

  get spoken(): string {
    return this.heard('status');
  }

  heard(role: string): string {
    return this.element.renderRoot.querySelector(`.spoken[role=${role}]`)!.textContent;
  }

  get events(): string[] {
    return this.fired.map((event) => `${event.type} ${(event as Event & { detail: { jobId: string } }).detail.jobId}`);
  }

  async check(...jobIds: string[]): Promise<void> {
    for (const jobId of jobIds) this.row(jobId).querySelector('input')!.click();
    await this.element.updateComplete;
  }

  /** Clicks a button and says yes to the question. */
  async confirm(part: string): Promise<void> {
    this.part(part)!.click();
    const dialog = this.part(part)!.nextElementSibling as HTMLDialogElement;
    dialog.querySelector<HTMLElement>('[part~=danger-button]')!.click();
    await this.ticked();
  }

  async ticked(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 220));
    await this.element.updateComplete;
  }
}

const EVENTS = [
  'aura-job-completed',
  'aura-job-failed',
  'aura-job-canceled',
  'aura-error',
  'aura-open-request',
  'aura-closed',
  'aura-cancel-request',
  'aura-delete-request',
  'aura-job-deleted',
  'aura-retry-request',
  'aura-job-retried',
] as const;

async function show(client = mixed(), set: Partial<AuraJobList> = {}): Promise<ListHarness> {
  const harness = new ListHarness(client, set);
  await harness.ticked();
  return harness;
}

/** After a frame, in which a browser takes the focus from what cannot have it any more. */
async function framed(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}

describe('<aura-job-list>', () => {
  describe('accessibility', () => {
    it('passes axe empty, full, with a selection, lost and with its drawer', async () => {
      const empty = await show(new ListClient());
      await expect(empty.element).to.be.accessible();

      const harness = await show();
      await harness.check('new');
      await expect(harness.element).to.be.accessible();

      const error = new AuraError('gone', { code: 'ConnectionLost', retryable: true });
      for (const id of ['new', 'old', 'waiting']) harness.client.job(id).connect({ status: 'failed', error });
      await harness.ticked();
      await expect(harness.element).to.be.accessible();

      harness.row('new').querySelector<HTMLElement>('.name')!.click();
      await harness.ticked();
      await appeared(harness.drawer.shadowRoot!.querySelector('dialog')!);
      await expect(harness.element).to.be.accessible();
    });

    it('goes from row to row with the arrow keys, and gives controls at least 24 pixels', async () => {
      const harness = await show();
      const focused = (): string | undefined =>
        harness.element.shadowRoot!.activeElement?.closest<HTMLElement>('li')?.dataset.id;
      const press = (key: string): unknown =>
        harness.element.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      harness.row('new').querySelector<HTMLElement>('.name')!.focus();
      const seen: (string | undefined)[] = [];
      for (const key of ['ArrowDown', 'End', 'ArrowUp', 'Home', 'ArrowUp']) {
        press(key);
        seen.push(focused());
      }
      expect(seen).to.deep.equal(['old', 'done', 'failed', 'new', 'new']);

      const controls = [...harness.element.renderRoot.querySelectorAll('button, .check')];
      const boxes = controls.map((control) => control.getBoundingClientRect()).filter(({ width }) => width > 0);
      for (const { width, height } of boxes) expect(Math.min(width, height)).to.be.at.least(24);
    });
  });

  describe('jobs', () => {
    it('stand in order: running, queued, ended; the newest first in each', async () => {
      const harness = await show();

      expect(harness.ids).to.deep.equal(['new', 'old', 'waiting', 'canceled', 'failed', 'done']);
      expect(harness.text('connection')).to.equal('Live');
      expect(harness.state('new')).to.equal('Visuals · time left unknown');
      expect(harness.state('failed')).to.equal('No font.');
      expect(harness.state('done')).to.equal('Made in 1m 0s');
      expect(harness.state('canceled')).to.equal('Stopped in Narration at 20%.');
    });

    it('are followed over one connection, and those that have ended not at all', async () => {
      const { client } = await show();

      expect(client.connections).to.deep.equal([['new', 'waiting', 'old']]);
      expect(client.following).to.equal(1);
    });

    it('move when their state changes, keep their row, and tell how they ended', async () => {
      const harness = await show();
      const row = harness.row('old');
      harness.client.change('waiting', running);
      harness.client.change('old', succeeded);
      await harness.ticked();

      expect(harness.ids).to.deep.equal(['new', 'waiting', 'canceled', 'failed', 'old', 'done']);
      expect(harness.row('old')).to.equal(row);
      expect(harness.events).to.deep.equal(['aura-job-completed old']);
      expect(harness.spoken).to.equal('Title old: Your video is ready.');
    });

    it('keep the focus when they move', async () => {
      const harness = await show();
      const name = harness.row('new').querySelector<HTMLElement>('.name')!;
      name.focus();
      harness.client.change('new', succeeded);
      await harness.ticked();

      expect(harness.ids.indexOf('new')).to.be.above(1);
      expect(harness.element.shadowRoot!.activeElement).to.equal(name);
    });

    it('keep the focus when their control goes away, and hand it to a neighbour when they go', async () => {
      const harness = await show();
      const { client, element } = harness;
      const focused = (): string => {
        const { activeElement } = element.shadowRoot!;
        return `${activeElement?.closest<HTMLElement>('li')?.dataset.id} ${activeElement?.className || activeElement?.tagName}`;
      };

      harness.row('old').querySelector('input')!.focus();
      client.change('old', succeeded);
      await harness.ticked();
      await framed();
      expect(focused()).to.equal('old name');

      client.pages = [client.pages[0]!.filter(({ jobId }) => jobId !== 'old')];
      await element.refresh();
      await harness.ticked();
      await framed();
      expect(focused()).to.equal('done name');
    });

    it('let go of the connection when the last one has ended, and when the list leaves', async () => {
      const harness = await show(new ListClient().add('one', running));
      harness.client.change('one', succeeded);
      await harness.ticked();
      expect(harness.client.following).to.equal(0);
      expect(harness.part('connection')).to.equal(null);

      const other = await show();
      other.element.remove();
      await Promise.resolve();
      expect(other.client.following).to.equal(0);
    });

    it('can be added by the page, still over one connection', async () => {
      const harness = await show();
      harness.client.job('more').tell({
        type: 'job-status',
        data: { status: 'Running', stage: 'Script', percent: 0, correlationId: 'c' },
      });
      harness.element.jobIds = ['more'];
      await harness.ticked();

      expect(harness.ids).to.include('more');
      expect(harness.client.connections.at(-1)).to.deep.equal(['new', 'waiting', 'old', 'more']);
      expect(harness.client.following).to.equal(1);
    });

    it('come with a refresh, and go with one', async () => {
      const harness = await show();
      harness.client.add('newest', running);
      await harness.element.refresh();
      await harness.ticked();
      expect(harness.ids[0]).to.equal('newest');
      expect(harness.client.following).to.equal(1);

      harness.client.pages = [[]];
      await harness.element.refresh();
      await harness.ticked();
      expect(harness.ids).to.deep.equal([]);
    });

    it('that are gone leave the others alone', async () => {
      const harness = await show();
      const error = new AuraError('gone', { code: 'JobNotFound' });
      harness.client.job('old').connect({ status: 'failed', error });
      await harness.ticked();

      expect(harness.ids).not.to.include('old');
      expect(harness.part('lost')).to.equal(null);
    });
  });

  describe('states', () => {
    it('says that it loads, that there is nothing, and lets the page say it', async () => {
      const client = new ListClient();
      const harness = new ListHarness(client, {});
      await harness.element.updateComplete;
      expect(harness.text('loading')).to.equal('Loading the jobs…');

      await harness.ticked();
      expect(harness.text('base')).to.contain('No jobs yet.');
      harness.element.innerHTML = '<p slot="empty">Start one.</p>';
      expect(harness.element.renderRoot.querySelector('slot')!.assignedElements()).to.have.length(1);
    });

    it('shows why the jobs could not be loaded, and tries again', async () => {
      const client = new ListClient();
      client.listError = new Error('No server.');
      const harness = await show(client);
      expect(harness.text('lost')).to.equal('The jobs could not be loaded. Try again');
      expect(harness.events).to.deep.equal(['aura-error ']);

      client.listError = undefined;
      client.add('one', running);
      harness.part('reconnect-button')!.click();
      await harness.ticked();
      expect(harness.ids).to.deep.equal(['one']);
      expect(harness.part('lost')).to.equal(null);
    });

    it('tries again by itself when the network is back, and tells the trouble once', async () => {
      const client = new ListClient();
      client.listError = new AuraError('gone', { code: 'ConnectionLost', retryable: true });
      const harness = await show(client);
      dispatchEvent(new Event('online'));
      await harness.ticked();
      expect(client.commands).to.deep.equal(['list', 'list']);
      expect(harness.events).to.deep.equal(['aura-error ']);

      client.listError = undefined;
      client.add('one', running);
      dispatchEvent(new Event('online'));
      await harness.ticked();
      dispatchEvent(new Event('online'));
      expect(harness.ids).to.deep.equal(['one']);
      expect(client.commands).to.have.length(3);
    });

    it('says that a job is paused, and shows nothing that moves', async () => {
      const client = new ListClient().add('held', { ...running, status: 'Paused' });
      const harness = await show(client);

      expect(harness.state('held')).to.equal('Paused');
      expect(harness.row('held').classList.contains('still')).to.equal(true);
    });

    it('estimates nothing of a job that stalls', async () => {
      const client = new ListClient().add('stuck', { ...running, stalledSeconds: 124 });
      const harness = await show(client);

      expect(harness.state('stuck')).to.equal('Visuals · Nothing has moved for a while.');
    });

    it('leaves room for the name on the narrowest screens, however long the word for another try', async () => {
      setStrings('de', de);
      const harness = await show(mixed(), { lang: 'de' });
      harness.element.style.inlineSize = '300px';
      const row = harness.row('failed');
      const [state, retry] = ['.state', '.retry'].map((part) => row.querySelector<HTMLElement>(part)!);

      // The column of the name.
      expect(state!.clientWidth).to.be.at.least(75);
      expect(retry!.scrollWidth).to.be.at.most(retry!.clientWidth);
      expect(retry!.offsetHeight).to.be.at.most(row.clientHeight - 4);
    });

    it('keeps what belongs together on one side, whichever way the page runs', async () => {
      document.documentElement.dir = 'rtl';
      try {
        const harness = await show();
        const row = harness.parts('job')[0]!;
        const [title, state] = [row.querySelector('.name')!, row.querySelector('.state')!].map((element) => {
          const text = document.createRange();
          text.selectNodeContents(element);
          return text.getBoundingClientRect().right;
        });
        expect(title).to.be.closeTo(state!, 2);
      } finally {
        document.documentElement.removeAttribute('dir');
      }
    });

    it('claims nothing of the present when the connection is given up, and connects again', async () => {
      const harness = await show();
      const error = new AuraError('gone', { code: 'ConnectionLost', retryable: true });
      for (const id of ['new', 'old', 'waiting']) harness.client.job(id).connect({ status: 'failed', error });
      await harness.ticked();

      expect(harness.text('connection')).to.equal('Connection lost');
      expect(harness.text('lost')).to.contain('Work goes on at the server.');
      expect(harness.state('new')).to.equal('Last known: Visuals, 47%');
      for (const id of ['new', 'old', 'waiting']) harness.client.job(id).connection = { status: 'open' };
      harness.part('reconnect-button')!.click();
      await harness.ticked();
      expect(harness.text('connection')).to.equal('Live');
      expect(harness.client.following).to.equal(1);
    });
  });

  describe('filter', () => {
    it('counts each state and shows one', async () => {
      const harness = await show();
      const labels = harness.parts('filter-button').map(({ innerText }) => innerText.replace(/\s+/g, ' ').trim());
      expect(labels).to.deep.equal(['All 6', 'Running 2', 'Waiting 1', 'Ready 1', 'Failed 1', 'Cancelled 1']);

      harness.parts('filter-button')[1]!.click();
      await harness.element.updateComplete;
      expect(harness.ids).to.deep.equal(['new', 'old']);
      expect(harness.element.getAttribute('filter')).to.equal('Running');
      expect(harness.parts('filter-button')[1]).to.have.attribute('aria-pressed', 'true');
    });

    it('says when no job is in the chosen state', async () => {
      const harness = await show(new ListClient().add('one', running), { filter: 'Failed' });

      expect(harness.text('base')).to.contain('No job is in this state.');
    });
  });

  describe('cancel', () => {
    it('asks first, cancels the chosen jobs in one request, and waits for the server', async () => {
      const harness = await show();
      await harness.check('new', 'waiting');
      expect(harness.text('cancel-button')).to.equal('Cancel 2 jobs');
      await harness.confirm('cancel-button');

      expect(harness.client.commands).to.deep.equal(['list', 'cancel new,waiting']);
      expect(harness.events).to.deep.equal(['aura-cancel-request new', 'aura-cancel-request waiting']);
      expect(harness.state('new')).to.equal('Cancelling…');
      expect(harness.text('cancel-button')).to.equal('Cancel');

      harness.client.change('new', { status: 'Canceled' });
      await harness.ticked();
      expect(harness.state('new')).to.equal('Stopped in Visuals at 47%.');
    });

    it('selects all that can be cancelled, and leaves to the page what it wants to do itself', async () => {
      const harness = await show();
      harness.element.addEventListener('aura-cancel-request', (event) => {
        if (event.detail.jobId === 'old') event.preventDefault();
      });
      harness.part('select-all')!.click();
      await harness.element.updateComplete;
      await harness.confirm('cancel-button');

      expect(harness.client.commands.at(-1)).to.equal('cancel new,waiting');
    });

    it('shows what the server refused', async () => {
      const harness = await show();
      harness.client.refuses.add('new');
      await harness.check('new', 'old');
      await harness.confirm('cancel-button');

      expect(harness.text('refusal')).to.equal('It was not done for 1 job. Too late.');
      expect(harness.state('new')).to.contain('Visuals');
      expect(harness.state('old')).to.equal('Cancelling…');
    });

    it('says that there is no connection, until there is one', async () => {
      const harness = await show();
      const lost = new AuraError('POST /cancel: Failed to fetch', { code: 'ConnectionLost' });
      harness.client.jobs.cancelMany = () => Promise.reject(lost);
      await harness.check('new');
      await harness.confirm('cancel-button');
      expect(harness.text('refusal')).to.equal('It was not done for 1 job. Connection lost.');

      for (const jobId of ['new', 'old', 'waiting']) harness.client.job(jobId).connect({ status: 'polling' });
      await harness.ticked();
      expect(harness.text('refusal')).to.equal('');
    });

    it('asks nothing of the server when nothing is chosen', async () => {
      const harness = await show();
      harness.part('cancel-button')!.click();

      expect((harness.part('cancel-button')!.nextElementSibling as HTMLDialogElement).open).to.equal(false);
    });
  });

  it('clears what has ended, each by itself, after a question', async () => {
    const harness = await show();
    harness.client.refuses.add('failed');
    await harness.confirm('clear-button');
    await harness.ticked();

    expect(harness.client.commands.slice(1)).to.deep.equal(['delete canceled', 'delete failed', 'delete done']);
    expect(harness.ids).to.deep.equal(['new', 'old', 'waiting', 'failed']);
    expect(harness.text('refusal')).to.equal('It was not done for 1 job.');
    expect(harness.spoken).to.equal('Clear finished: 2');
    expect(harness.events).to.include.members(['aura-delete-request done', 'aura-job-deleted done']);
    expect(harness.events).not.to.include('aura-job-deleted failed');
  });

  // The question was about one job; before it was answered another one had ended, and went along.
  it('clears what had ended when the question was put, however many have by the answer', async () => {
    const harness = await show(new ListClient().add('going', running).add('done', succeeded));
    harness.part('clear-button')!.click();
    const dialog = harness.part('clear-button')!.nextElementSibling as HTMLDialogElement;
    harness.client.change('going', succeeded);
    await harness.ticked();
    expect(dialog.innerText).to.contain('Delete 1 finished job?');
    dialog.querySelector<HTMLElement>('[part~=danger-button]')!.click();
    await harness.ticked();

    expect(harness.client.commands.slice(1)).to.deep.equal(['delete done']);
    expect(harness.ids).to.deep.equal(['going']);
  });

  it('clears only what is shown', async () => {
    const harness = await show(mixed(), { filter: 'Failed' });
    await harness.confirm('clear-button');
    expect(harness.client.commands.slice(1)).to.deep.equal(['delete failed']);

    harness.element.filter = 'Running';
    await harness.ticked();
    expect(harness.part('clear-button')).to.have.attribute('aria-disabled', 'true');
  });

  it('takes the question back when nothing is left to cancel, and gives the focus back', async () => {
    const harness = await show();
    await harness.check('new', 'old');
    harness.part('cancel-button')!.click();
    const dialog = harness.part('cancel-button')!.nextElementSibling as HTMLDialogElement;
    harness.client.change('new', succeeded);
    await harness.ticked();
    expect(dialog.innerText).to.contain('Cancel this video?');
    harness.client.change('old', succeeded);
    await harness.ticked();
    await framed();

    expect(dialog.open).to.equal(false);
    expect(harness.element.shadowRoot!.activeElement).to.equal(harness.part('cancel-button'));
  });

  it('gives the focus to the button that asked, also where a click does not', async () => {
    const harness = await show();
    await harness.check('new');
    await harness.confirm('cancel-button');
    await framed();

    expect(harness.element.shadowRoot!.activeElement?.part.value).to.equal(harness.part('cancel-button')!.part.value);
  });

  it('keeps the focus when all jobs are cleared, and when nothing is left to select', async () => {
    const harness = await show(new ListClient().add('going', running).add('done', succeeded));
    const focused = (): string | undefined => harness.element.shadowRoot!.activeElement?.id;
    harness.part('select-all')!.focus();
    harness.client.change('going', succeeded);
    await harness.ticked();
    await framed();
    expect(focused()).to.equal('title');

    harness.part('clear-button')!.focus();
    await harness.confirm('clear-button');
    await framed();

    expect(harness.ids).to.deep.equal([]);
    expect(focused()).to.equal('title');
  });

  it('tries a failed job again and shows the new one', async () => {
    const harness = await show();
    harness.client.retryAnswer = async () => {
      harness.client.add('again', { attempt: 2 });
      return 'again';
    };
    harness.part('retry-button')!.click();
    await harness.ticked();

    expect(harness.client.commands).to.deep.equal(['list', 'retry failed', 'list']);
    expect(harness.ids).to.include('again');
    expect(harness.events).to.deep.equal(['aura-retry-request failed', 'aura-job-retried again']);
  });

  it('does not go on telling the failure of a job that is tried again', async () => {
    const harness = await show(new ListClient().add('going', running));
    harness.client.change('going', failed);
    await harness.ticked();
    expect(harness.heard('alert')).to.contain('No font.');
    harness.part('retry-button')!.click();
    await harness.ticked();

    expect(harness.heard('alert')).to.equal('');
  });

  describe('drawer', () => {
    it('shows the chosen job, follows it over the same client, and gives the focus back', async () => {
      const harness = await show();
      const open = harness.row('new').querySelector<HTMLElement>('.name')!;
      open.focus();
      open.click();
      await harness.ticked();
      expect([harness.drawer.open, harness.drawer.jobId]).to.deep.equal([true, 'new']);
      expect(harness.drawer.shadowRoot!.querySelector('h2')!.textContent).to.contain('Making your video');

      harness.drawer.shadowRoot!.querySelector<HTMLElement>('[part~=close-button]')!.click();
      await waitUntil(() => !harness.drawer.open);
      expect(harness.element.shadowRoot!.activeElement).to.equal(open);
      expect(harness.events).to.deep.equal(['aura-open-request new', 'aura-closed new']);
    });

    it('goes on with the new job after a retry, and the list has it', async () => {
      const harness = await show();
      harness.client.retryAnswer = async () => {
        harness.client.add('again', { attempt: 2 });
        return 'again';
      };
      harness.row('failed').querySelector<HTMLElement>('.name')!.click();
      await harness.ticked();
      harness.drawer.shadowRoot!.querySelector<HTMLElement>('[part~=retry-button]')!.click();
      await harness.ticked();

      expect(harness.drawer.jobId).to.equal('again');
      expect(harness.ids).to.include('again');
      expect(harness.events.slice(1)).to.deep.equal(['aura-retry-request failed', 'aura-job-retried again']);
    });

    it('stays closed when the page wants to show the job itself', async () => {
      const harness = await show();
      harness.element.addEventListener('aura-open-request', (event) => event.preventDefault());
      harness.row('new').querySelector<HTMLElement>('.name')!.click();
      await harness.ticked();

      expect(harness.drawer.open).to.equal(false);
    });
  });

  it('keeps text of the server text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><b>bold</b>';
    const harness = await show(new ListClient().add('one', { ...failed, title: hostile, errorMessage: hostile }));

    expect(harness.text('job')).to.contain(hostile);
    expect(harness.element.renderRoot.querySelectorAll('img, b, [style]:not(.fill)')).to.have.length(0);
  });

  it('clears half of 500 jobs with the page’s clock, and the focus stays', async () => {
    const client = new ListClient();
    for (let index = 0; index < 500; index++) client.add(`job-${index}`, index % 2 === 0 ? running : succeeded);
    const harness = await show(client);
    const { element } = harness;
    await waitUntil(() => harness.ids.length === 500, '', { timeout: 20_000 });
    let renders = 0;
    element.addController({ hostUpdated: () => renders++ });
    harness.part('clear-button')!.focus();
    await harness.confirm('clear-button');
    await waitUntil(() => harness.ids.length === 250);

    expect(renders).to.be.below(50);
    expect(element.shadowRoot!.activeElement?.part.contains('clear-button')).to.equal(true);
    expect(client.commands.filter((command) => command.startsWith('delete'))).to.have.length(250);
    // Some at once, and connections are left for those who watch.
    expect(client.deletionsAtOnce).to.equal(3);
  }).timeout(30_000);

  it('shows 500 jobs a part at a time, over one connection', async () => {
    const client = new ListClient();
    for (let index = 0; index < 500; index++) client.add(`job-${index}`, running);
    const harness = await show(client);
    const parts: number[] = [];
    const observer = new MutationObserver((records) => {
      const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
      parts.push(added.filter((node) => node instanceof Element && node.matches('[part~="job"]')).length);
    });
    observer.observe(harness.element.renderRoot, { childList: true, subtree: true });
    await waitUntil(() => harness.ids.length === 500, '', { timeout: 20_000 });
    observer.disconnect();

    expect(parts.filter((size) => size > 50)).to.deep.equal([]);
    expect(client.connections).to.have.length(1);
  }).timeout(30_000);
});
