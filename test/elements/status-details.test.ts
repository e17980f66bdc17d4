/** What `<aura-render-status>` keeps for those who look closer: log, technical details, remedies, age of the news. */
import { AuraRenderStatus, setStrings } from '@aura-jobs/elements';
import { ar } from '@aura-jobs/elements/locales/ar';
import { LOG_LIMIT } from '@aura-jobs/sdk/protocol';
import { expect, waitUntil } from '@open-wc/testing';
import { ElementHarness } from '../support/element-harness.ts';
import { completed, failed, queued, upToVisuals } from '../support/job-script.ts';

const { clipboard } = navigator;
const copied: string[] = [];

async function showRunning(): Promise<ElementHarness<AuraRenderStatus>> {
  const harness = await ElementHarness.show(AuraRenderStatus);
  harness.client.job().tell(...upToVisuals);
  await harness.ticked();
  return harness;
}

/** A card with an open log of so many lines. */
async function showLog(lines: number): Promise<ElementHarness<AuraRenderStatus>> {
  const harness = await showRunning();
  setLog(harness, lines);
  harness.part('log')!.querySelector('summary')!.click();
  await harness.ticked();
  return harness;
}

function setLog({ client }: ElementHarness<AuraRenderStatus>, lines: number): void {
  const logs = Array.from({ length: lines }, (_, index) => `line ${index + 1}`).slice(-LOG_LIMIT);
  client.job().set({ ...client.job().snapshot!, logs });
}

const linesOf = (harness: ElementHarness<AuraRenderStatus>): HTMLElement =>
  harness.part('log')!.querySelector('.lines')!;

async function showFailure(code: string, details = ''): Promise<ElementHarness<AuraRenderStatus>> {
  const harness = await showRunning();
  const errors = [{ code, message: 'No.', remediation: '', details }];
  harness.client.job().tell({ ...failed, data: { ...failed.data, errors } } as typeof failed);
  await harness.painted();
  return harness;
}

describe('details of <aura-render-status>', () => {
  before(() => {
    const writeText = async (text: string): Promise<void> => void copied.push(text);
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  });
  after(() => Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true }));

  it('shows the 200 newest lines of the log, and copies them', async () => {
    const harness = await showLog(230);
    const shown = [...harness.part('log')!.querySelectorAll('li')].map(({ innerText }) => innerText.trim());
    expect([shown.length, shown[0], shown.at(-1)]).to.deep.equal([200, 'line 31', 'line 230']);

    await harness.click('copy-button');
    expect(copied.at(-1)!.split('\n')).to.have.length(200);
    expect(harness.text('copy-button')).to.equal('Copied');
  });

  it('tells the times of the log as the language of the texts writes them', async () => {
    const harness = await showRunning();
    setStrings('ar', ar);
    harness.element.lang = 'ar';
    harness.client.job().set({ ...harness.client.job().snapshot!, logs: ['2026-01-01T14:05:09Z TTS started'] });
    harness.part('log')!.querySelector('summary')!.click();
    await harness.ticked();

    const time = new Date('2026-01-01T14:05:09Z').toLocaleTimeString('ar-u-nu-latn', { timeStyle: 'medium' });
    expect(harness.part('log')!.querySelector('time')!.textContent).to.equal(time);
  });

  it('lets a line of the log run its own way', async () => {
    const harness = await showLog(1);
    harness.element.dir = 'rtl';
    harness.client.job().set({ ...harness.client.job().snapshot!, logs: ['No font.'] });
    await harness.ticked();
    const text = [...linesOf(harness).querySelector('span')!.childNodes].find((node) => node.nodeValue === 'No font.')!;
    const left = (at: number): number => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left;
    };

    expect(left(0)).to.be.lessThan(left('No font'.length));
  });

  it('follows the end of the log until somebody scrolls away', async () => {
    const harness = await showLog(100);
    const lines = linesOf(harness);
    const follow = harness.part('follow-button')!;
    expect(follow).to.have.attribute('aria-pressed', 'true');

    lines.scrollTop = -300;
    await waitUntil(() => follow.ariaPressed === 'false');
    const top = (text: string): number =>
      [...lines.querySelectorAll('li')].find((line) => line.innerText.trim() === text)!.getBoundingClientRect().top;
    const before = top('line 81');
    for (const count of [110, 205, 270]) {
      setLog(harness, count);
      await harness.ticked();
      expect(Math.abs(top('line 81') - before), `${count} lines`).to.be.below(3);
    }
    expect(lines.querySelectorAll('li')).to.have.length(200);

    await harness.click('follow-button');
    await waitUntil(() => follow.ariaPressed === 'true');
    expect(lines.scrollTop).to.be.above(-1);

    await harness.click('follow-button');
    await waitUntil(() => follow.ariaPressed === 'false');
    await expect(harness.element).to.be.accessible();
  });

  it('keeps the last 16 KiB of the technical details', async () => {
    const harness = await showFailure('EncoderFailed', `${'x'.repeat(20_000)}end`);
    const text = harness.part('details')!.querySelector('pre')!.textContent;

    expect([text.length, text.slice(-3)]).to.deep.equal([16_384, 'end']);
  });

  it('leaves room for the remedies of the page only where they help', async () => {
    const slots: Record<string, string[]> = {};
    for (const code of ['MissingApiKey:OPENAI', 'FFmpegNotFound', 'E302', 'FontMissing']) {
      const harness = await showFailure(code);
      const names = [...harness.element.renderRoot.querySelectorAll('slot')].map(({ name }) => name);
      slots[code] = names.filter((name) => name !== 'actions');
    }

    expect(slots).to.deep.equal({
      'MissingApiKey:OPENAI': ['settings'],
      FFmpegNotFound: ['encoder-help'],
      E302: ['encoder-help'],
      FontMissing: [],
    });
  });

  it('copies the address of the video', async () => {
    const harness = await showRunning();
    harness.client.job().tell(completed);
    await harness.painted();
    expect(harness.text('copy-button')).to.equal('Copy link');

    await harness.click('copy-button');
    expect(copied.at(-1)).to.equal(`${location.origin}/artifacts/job-1/output.mp4`);
  });

  it('says which attempt it is, and since when a job waits', async () => {
    const harness = await ElementHarness.show(AuraRenderStatus);
    harness.client.job().tell(queued);
    const createdAt = '2026-01-01T14:05:00Z';
    harness.client.job().set({ ...harness.client.job().snapshot!, attempt: 2, createdAt, queuePosition: 0 });
    await harness.ticked();

    const time = new Date(createdAt).toLocaleTimeString('en', { timeStyle: 'short' }).replace(/\s+/g, ' ');
    expect(harness.text('facts')).to.equal(`Next in line waiting since ${time}`);
    expect(harness.text()).to.contain('Attempt 2');
  });
});
