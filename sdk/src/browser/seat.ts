/** One tab's part in a shared connection: it leads, listens to the tab that leads, or catches up by itself (C-37). */
import { onAbort } from '../http/abort.ts';
import { isSeen } from '../protocol/event-id.ts';
import type { Link, Transport } from '../sse/transport.ts';
import type { LinkTeller } from './link-teller.ts';
import { OwnConnection } from './own-connection.ts';
import { concernsAll, packError, unpackError } from './portable-error.ts';
import { TabChannel } from './tab-channel.ts';
import type { Asking, Frame, TabMessage, Welcome } from './tab-message.ts';

/** A tab that leads answers at once; one that hangs is not waited for longer than this. */
const ANSWER_WITHIN_MS = 1000;
/** How often a tab gives up a connection of its own to ask again, so that two that miss each other come to rest. */
const MOST_TRIES = 3;
/** Before the lock is free, all must have heard what was said last: else one of them would ask the server for it. */
const LINGER_MS = 100;

export interface SeatOptions {
  /** Names the lock and the channel. */
  readonly room: string;
  readonly link: Link;
  readonly teller: LinkTeller;
  readonly transport: Transport;
  readonly locks: LockManager;
  /** Whether the tab still belongs into this room. */
  readonly stillHere: () => Promise<boolean>;
  /** The seat is left: by the link's signal, with the connection's end, or as `moved` into another room. */
  readonly resolve: (ending: boolean | 'moved') => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The tab that holds the room's lock has the connection and passes on what it brings. The others wait for the lock, so
 * the browser itself finds the next one when a tab is closed, crashes or sleeps. It goes on from its own cursor, and
 * everybody asks it for what comes after theirs: nothing is lost, nothing is told twice.
 *
 * When the connection breaks, the next tab tries at once. What the server answers ends it for all alike, and the lock is
 * free while each waits by its own rules: kept, it would make the others wait without a word for a tab that may give up,
 * or be closed, in the middle of it.
 */
export class Seat {
  readonly #options: SeatOptions;
  readonly #channel: TabChannel;
  readonly #teller: LinkTeller;
  readonly #leaving = new AbortController();
  #releaseLock = (): void => {};
  #leads = false;
  /** A tab that leads has begun anew from an id. */
  #anchored = false;
  /** Who stands further on than the tab that leads, and waits for it. */
  #waiting: Asking[] = [];
  /** Whom this tab listens to. */
  #leader: string | undefined;
  /** The connection of its own: of a tab that leads or catches up. */
  #own: OwnConnection | undefined;
  /** Numbers the questions of this tab: only what it asked last is worth an answer. */
  #question = 0;
  /** Ids at which a tab that catches up meets the one that leads, and asks again. */
  #meeting: Set<string> | undefined;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SeatOptions) {
    this.#options = options;
    const { room, link, teller, locks, reject } = options;
    this.#teller = teller;
    this.#channel = new TabChannel(room, (message) => this.#hear(message));
    const { signal } = this.#leaving;
    const forget = onAbort(link.signal, (reason) => this.#leave(() => reject(reason)));
    onAbort(signal, forget);
    this.#ask();
    // A page without an origin has locks that always refuse: it is on its own.
    locks.request(room, { signal }, () => this.#lead()).catch(() => this.#own || this.#connect());
  }

  /** Holds the lock until the tab leaves. */
  async #lead(): Promise<void> {
    const { stillHere, resolve } = this.#options;
    if (this.#leader && !(await stillHere())) this.#leave(() => resolve('moved'));
    if (this.#leaving.signal.aborted) return;
    const released = new Promise<void>((release) => (this.#releaseLock = release));
    this.#leads = true;
    this.#meeting = undefined;
    if (!this.#own) this.#connect();
    this.#channel.say({ kind: 'lead' });
    await released;
  }

  #hear(message: TabMessage): void {
    const { kind, from } = message;
    if (this.#leads) {
      if (kind === 'hello') this.#answer(message);
    } else if (kind === 'lead') {
      this.#tries = 0;
      this.#ask();
    } else if (kind === 'welcome') {
      if (message.to === this.#channel.name) this.#join(from, message);
    } else if (kind === 'news') {
      if (from === this.#leader) this.#teller.take(message);
      else this.#compare(message.frames);
    } else if (kind === 'ended' && from === this.#leader) {
      const { over, error, retryMs } = message;
      const { link, resolve, reject } = this.#options;
      if (retryMs !== undefined) link.onRetry(retryMs);
      this.#leave(() => (error ? reject(unpackError(error)) : resolve(over)));
    }
  }

  /** Somebody asks for what comes after a cursor. */
  #answer(asking: Asking): void {
    const { recent, status } = this.#own!;
    const { from: to, cursor, question } = asking;
    const frames = recent.after(cursor);
    if (recent.isBefore(cursor)) this.#waiting.push(asking);
    // What began with a greeting cannot tell what led to it; what goes on from an id can, from there on.
    else if (!frames && recent.greeted && recent.end && !this.#anchored) {
      this.#anchored = true;
      this.#connect();
      this.#channel.say({ kind: 'lead' });
    } else this.#channel.say({ kind: 'welcome', to, question, status, frames, end: recent.end });
  }

  /** Asks for what comes after the cursor. */
  #ask(): void {
    this.#own?.close();
    this.#own = this.#leader = this.#meeting = undefined;
    this.#channel.say({ kind: 'hello', cursor: this.#teller.cursor, question: ++this.#question });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), ANSWER_WITHIN_MS);
  }

  #join(from: string, { question, frames, status, end }: Welcome): void {
    if (question !== this.#question) return;
    this.#question++;
    // While this tab was on its own, the answer has become old.
    const late = this.#own !== undefined;
    const again = (late || !frames) && ++this.#tries <= MOST_TRIES;
    if (late) {
      if (again) this.#ask();
    } else if (frames) {
      clearTimeout(this.#timer);
      this.#leader = from;
      this.#teller.take({ frames, status });
    } else {
      this.#connect();
      if (again) this.#meeting = new Set(end ? [end] : []);
    }
  }

  /** A tab that catches up asks again when both have come to the same event, or it to a later one. */
  #compare(frames: readonly Frame[]): void {
    const { cursor } = this.#teller;
    for (const { id } of frames) if (id) this.#meeting?.add(id);
    const [first] = this.#meeting ?? [];
    if (isSeen(first, cursor) || this.#meeting?.has(cursor)) this.#ask();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    if (this.#leaving.signal.aborted) return;
    const { transport, link, resolve, reject } = this.#options;
    this.#leader = undefined;
    this.#own?.close();
    const own = (this.#own = new OwnConnection(transport, link, {
      onOpen: (status) => {
        this.#teller.open(status);
        if (this.#leads) this.#channel.tell(status);
      },
      onAlive: () => {
        link.onAlive();
        if (this.#leads) this.#channel.tell(own.status);
      },
      onFrame: (frame) => {
        this.#teller.moveOver(frame);
        if (!this.#leads) return this.#compare([]);
        this.#channel.tell(own.status, frame);
        for (const asking of this.#waiting.splice(0)) this.#answer(asking);
      },
      onEnd: ({ over, failed, error, retryMs }) => {
        const told = concernsAll(error) ? packError(error) : undefined;
        const shared = this.#leads && (!failed || told !== undefined);
        if (shared) this.#channel.say({ kind: 'ended', over, error: told, retryMs });
        this.#leave(() => (failed ? reject(error) : resolve(over)), shared);
      },
    }));
  }

  #leave(settle: () => void, linger = false): void {
    if (this.#leaving.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#leaving.abort();
    this.#own?.close();
    const unsaid = this.#channel.close();
    if (unsaid || linger) setTimeout(this.#releaseLock, LINGER_MS);
    else this.#releaseLock();
    settle();
  }
}
