/** A finished video where the client signs in by a token: player and links carry tickets, which end and are replaced (C-25). */
import { AuraRenderStatus } from '@aura-jobs/elements';
import type { FileTicket } from '@aura-jobs/sdk';
import { expect } from '@open-wc/testing';
import { ElementHarness, place } from '../support/element-harness.ts';
import { completed, upToVisuals } from '../support/job-script.ts';
import { ScriptedClient } from '../support/scripted-client.ts';
import { FakeClock } from './fake-clock.ts';

const LIFE = 600;

/** As with a video that is there: another address begins at 0. */
function standAt(player: HTMLVideoElement, seconds: number): void {
  let [at, src] = [seconds, player.src];
  const set = (to: number): void => void ([at, src] = [to, player.src]);
  Object.defineProperty(player, 'currentTime', { get: () => (player.src === src ? at : 0), set, configurable: true });
}
const { clipboard } = navigator;

describe('tickets for files', () => {
  let clock: FakeClock;
  /** Jobs that a ticket was asked for, oldest first. */
  let asked: string[];
  let refusing: boolean;
  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    refusing = false;
  });
  afterEach(() => {
    clock.restore();
    Reflect.deleteProperty(document, 'hidden');
  });

  /** A card whose job is done; its tickets are `t1`, `t2` and so on. */
  async function shown(ticket?: FileTicket | null): Promise<ElementHarness<AuraRenderStatus>> {
    const client = new ScriptedClient();
    client.ticketAnswer = async (jobId) => {
      asked.push(jobId);
      if (refusing) throw new Error('no');
      return ticket === undefined ? { token: `t${asked.length}`, expiresInSeconds: LIFE } : ticket;
    };
    for (const jobId of ['job-1', 'job-2']) client.job(jobId).tell(...upToVisuals, completed);
    const harness = await ElementHarness.show(AuraRenderStatus, {}, client);
    await clock.pass(200);
    return harness;
  }

  /** Time in which each answer comes before the next question. */
  async function pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 10) await clock.pass(10_000);
  }

  const playerOf = (harness: ElementHarness<AuraRenderStatus>): HTMLVideoElement | null =>
    harness.part('video') as HTMLVideoElement | null;
  const ticketIn = (address: string | null): string | null =>
    address && new URL(address, location.href).searchParams.get('ticket');
  const linksOf = (harness: ElementHarness<AuraRenderStatus>): (string | null)[] =>
    harness.parts('download').map((link) => ticketIn((link as HTMLAnchorElement).href));
  const hide = async (hidden: boolean): Promise<void> => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    await clock.pass(0);
  };

  it('are in the addresses of player, subtitles, files and the link to copy, which says that it ends', async () => {
    let copied = '';
    const writeText = async (text: string): Promise<void> => void (copied = text);
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    try {
      const harness = await shown();
      const player = playerOf(harness)!;
      expect(player.src).to.equal(`${location.origin}/artifacts/job-1/output.mp4?ticket=t1`);
      expect(player.querySelector('track')!.src).to.equal(`${location.origin}/artifacts/job-1/subtitles.vtt?ticket=t1`);
      expect(linksOf(harness)).to.deep.equal(['t1', 't1', 't1']);
      await Promise.all([harness.click('copy-button'), clock.pass(10)]);
      expect(ticketIn(copied)).to.equal('t1');
      expect(harness.text()).to.contain('The link works for a few minutes.');
    } finally {
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    }
  });

  it('are not asked for before the job is done, and one is enough for a card that paints often', async () => {
    const harness = await shown();
    harness.element.jobId = 'job-3';
    harness.client.job('job-3').tell(...upToVisuals);
    await clock.pass(200);
    expect(asked).to.deep.equal(['job-1']);

    harness.element.jobId = 'job-2';
    await clock.pass(200);
    for (let i = 0; i < 5; i++) {
      harness.element.requestUpdate();
      await clock.pass(10);
    }
    expect(asked).to.deep.equal(['job-1', 'job-2']);
    expect(playerOf(harness)!.src).to.contain('/artifacts/job-1/output.mp4?ticket=t2');
  });

  it('are renewed in time for links; the player keeps its own', async () => {
    const harness = await shown();
    const player = playerOf(harness)!;
    await pass(LIFE / 2);
    expect(linksOf(harness)).to.deep.equal(['t2', 't2', 't2']);
    await pass(LIFE * 5);
    expect(asked.length).to.be.within(11, 12);
    expect(playerOf(harness)).to.equal(player);
    expect(ticketIn(player.src)).to.equal('t1');
    expect(ticketIn(player.querySelector('track')!.src)).to.equal('t1');
  });

  for (const playing of [true, false]) {
    it(`let a player ${playing ? 'play on' : 'rest'} where it was when its own has ended`, async () => {
      const harness = await shown();
      const player = playerOf(harness)!;
      const started: string[] = [];
      player.play = async () => void started.push(ticketIn(player.src)!);
      Object.defineProperty(player, 'paused', { value: !playing });
      await pass(LIFE);
      standAt(player, 7);
      player.playbackRate = 1.5;
      player.dispatchEvent(new Event('error'));
      await clock.pass(10);

      expect(ticketIn(player.src)).to.equal(linksOf(harness)[0]);
      expect(ticketIn(player.src)).not.to.equal('t1');
      expect([player.currentTime, player.playbackRate]).to.deep.equal([7, 1.5]);
      expect(started).to.deep.equal(playing ? [ticketIn(player.src)] : []);
    });
  }

  it('are not to blame while they are good: a broken video is loaded once', async () => {
    const harness = await shown();
    const player = playerOf(harness)!;
    for (let i = 0; i < 3; i++) {
      player.dispatchEvent(new Event('error'));
      await clock.pass(1000);
    }
    expect(asked).to.have.length(1);
    expect(ticketIn(player.src)).to.equal('t1');
  });

  it('are not renewed out of sight or out of the page, but at once on return, also for the player', async () => {
    const harness = await shown();
    const player = playerOf(harness)!;
    await hide(true);
    await pass(LIFE * 2);
    expect([asked.length, clock.waiting]).to.deep.equal([1, 0]);
    // It goes on to play where nobody looks, and runs out of video there.
    standAt(player, 3);
    player.dispatchEvent(new Event('error'));
    await clock.pass(10);
    expect([ticketIn(player.src), player.currentTime, clock.waiting]).to.deep.equal(['t2', 3, 0]);

    await pass(LIFE * 2);
    await hide(false);
    expect(linksOf(harness)).to.deep.equal(['t3', 't3', 't3']);
    const { element } = harness;
    element.remove();
    await pass(LIFE * 2);
    expect([asked.length, clock.waiting]).to.deep.equal([3, 0]);
    place().append(element);
    await clock.pass(200);
    expect(ticketIn(playerOf(harness)!.src)).to.equal('t4');
  });

  it('that are refused leave a card without player and links, which says so and goes on trying', async () => {
    refusing = true;
    const harness = await shown();
    expect(playerOf(harness)).to.equal(null);
    expect(harness.parts('download')).to.deep.equal([]);
    expect(harness.part('copy-button')).to.equal(null);
    expect(harness.text('downloads')).to.contain('output.mp4 2.4 MB');
    expect(harness.text('no-files')).to.equal(
      'The video and its files cannot be opened right now. This page keeps trying.',
    );
    clock.restore();
    await expect(harness.element).to.be.accessible();
  });

  it('that are refused are asked for again every 30 s, until there is one', async () => {
    refusing = true;
    const harness = await shown();
    await pass(60);
    expect(asked).to.have.length(3);
    refusing = false;
    await pass(30);
    expect(harness.part('no-files')).to.equal(null);
    expect(ticketIn(playerOf(harness)!.src)).to.equal('t4');
    expect(linksOf(harness)).to.deep.equal(['t4', 't4', 't4']);
  });

  it('that are refused later take links away when the last one has ended, and the player waits', async () => {
    const harness = await shown();
    const player = playerOf(harness)!;
    refusing = true;
    await pass(LIFE / 2 + 10);
    expect(linksOf(harness)).to.deep.equal(['t1', 't1', 't1']);
    expect(harness.part('no-files')).to.equal(null);

    await pass(LIFE / 2 + 30);
    expect(linksOf(harness)).to.deep.equal([]);
    standAt(player, 5);
    player.dispatchEvent(new Event('error'));
    await clock.pass(10);
    expect(harness.text('no-files')).to.contain('keeps trying');
    expect(playerOf(harness)).to.equal(player);

    refusing = false;
    await pass(30);
    expect(ticketIn(player.src)).to.equal(`t${asked.length}`);
    expect(player.currentTime).to.equal(5);
    expect(harness.part('no-files')).to.equal(null);
  });

  it('are not needed where the client has no token or the backend knows none: plain addresses, and nothing runs', async () => {
    const harness = await shown(null);
    expect(playerOf(harness)!.src).to.equal(`${location.origin}/artifacts/job-1/output.mp4`);
    expect(linksOf(harness)).to.deep.equal([null, null, null]);
    expect(harness.text()).not.to.contain('a few minutes');
    expect(clock.waiting).to.equal(0);
    playerOf(harness)!.dispatchEvent(new Event('error'));
    await pass(LIFE * 2);
    expect(asked).to.have.length(1);
  });
});
