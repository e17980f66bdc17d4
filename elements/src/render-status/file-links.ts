/**
 * Addresses of a finished job's files. Where the client signs in by a token they carry a ticket, since a player and a
 * link send no headers (C-25, AC-49). Tickets end soon: links always have the newest, a player keeps its own, for
 * another address would begin the video anew.
 */
import type { FileTicket } from '@aura-jobs/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { JobCommands } from '../shared/job-commands.ts';
import type { JobController } from '../shared/job-controller.ts';
import { safeUrl } from '../shared/safe-url.ts';

/** How long a visible element waits before it asks again after a refusal. */
const RETRY_MS = 30_000;

/** However short a ticket lasts, the next one is not asked for sooner. */
const MIN_RENEWAL_MS = 5000;

/** Nothing runs while the element is out of the page or out of sight. */
export class FileLinks implements ReactiveController {
  readonly #host: LitElement;
  readonly #control: JobController;
  #commands: JobCommands | undefined;
  /** The newest one; `null` where none is needed, `undefined` until that is known. */
  #ticket: FileTicket | null | undefined;
  /** That of the player's address. */
  #player: FileTicket | null | undefined;
  #asking = false;
  #refused = false;
  #endsAt = 0;
  #nextAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Brings a player whose address has ended back to where it was. */
  #resume: (() => void) | undefined;

  constructor(host: LitElement, control: JobController) {
    this.#host = host;
    this.#control = control;
    host.addController(this);
  }

  /** There is no ticket, though one is needed. */
  get refused(): boolean {
    return this.#refused && Date.now() >= this.#endsAt;
  }

  /** Whether links end soon. */
  get passing(): boolean {
    return Boolean(this.#ticket);
  }

  /** For a link; `undefined` where there is none to give. */
  link(path: string): URL | undefined {
    return this.refused ? undefined : this.#address(path, this.#ticket);
  }

  /** For the player and its subtitles; `undefined` until its first ticket is there. */
  source(path: string): URL | undefined {
    return this.#address(path, this.#player);
  }

  /** Whether there may be a player: it has an address, or is about to get one. */
  get playable(): boolean {
    return this.#player !== undefined || !this.refused;
  }

  /** The player could not get on. If its ticket may have ended, another one lets it go on where it was. */
  readonly playerFailed = (event: Event): void => {
    if (!this.#player) return;
    const newest = this.#player === this.#ticket;
    // A ticket that is good is not what is wrong, and neither is the next.
    if (newest && !this.#refused && Date.now() < this.#nextAt) return;
    const video = event.currentTarget as HTMLVideoElement;
    const { currentTime, paused, playbackRate } = video;
    this.#resume = () => {
      video.currentTime = currentTime;
      video.playbackRate = playbackRate;
      if (!paused) video.play().catch(() => {}); // the browser may want a click first
    };
    if (newest) void this.#ask();
    else this.#show(this.#ticket);
  };

  hostUpdate(): void {
    const { commands, job, visible } = this.#control;
    if (commands !== this.#commands) {
      this.#commands = commands;
      this.#ticket = this.#player = this.#resume = undefined;
      this.#asking = this.#refused = false;
      this.#endsAt = this.#nextAt = 0;
    }
    clearTimeout(this.#timer);
    const wanted = this.#host.isConnected && visible && job?.status === 'Succeeded';
    if (!wanted || this.#asking || this.#ticket === null) return;
    const wait = this.#nextAt - Date.now();
    if (wait <= 0) void this.#ask();
    else this.#timer = setTimeout(() => this.#ask(), wait);
  }

  hostUpdated(): void {
    if (!this.#resume || this.#player !== this.#ticket || this.#asking || this.#refused) return;
    this.#resume();
    this.#resume = undefined;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const commands = this.#commands!;
    if (this.#asking) return;
    this.#asking = true;
    const ticket = await commands.ticket().catch(() => undefined);
    if (commands !== this.#commands) return;
    this.#asking = false;
    this.#refused = ticket === undefined;
    if (ticket === undefined) {
      this.#nextAt = Date.now() + RETRY_MS;
      return this.#host.requestUpdate();
    }
    // By this page's clock: the server's may be another.
    const lastsMs = (ticket?.expiresInSeconds ?? 0) * 1000;
    this.#endsAt = Date.now() + lastsMs;
    // At half time, so that a link that is copied or clicked is good for a while.
    this.#nextAt = Date.now() + Math.max(lastsMs / 2, MIN_RENEWAL_MS);
    this.#ticket = ticket;
    this.#show(this.#player === undefined || this.#resume ? ticket : this.#player);
  }

  #show(player: FileTicket | null | undefined): void {
    this.#player = player;
    this.#host.requestUpdate();
  }

  #address(path: string, ticket: FileTicket | null | undefined): URL | undefined {
    return ticket === undefined ? undefined : safeUrl(this.#control.url(path, ticket));
  }
}
