/** How the tabs of a room speak to each other. */
import type { Frame, OpenStatus, TabMessage, TabWords } from './tab-message.ts';

/** Signs of life are passed on no more often than this. */
const ALIVE_EVERY_MS = 1000;

export class TabChannel {
  readonly name: string = crypto.randomUUID();
  readonly #channel: BroadcastChannel;
  /** Events that the others were not told yet: those of one read travel together. */
  #frames: Frame[] = [];
  #status: OpenStatus | undefined;
  #unsaid = false;
  #toldAt = 0;

  constructor(room: string, listener: (message: TabMessage) => void) {
    this.#channel = new BroadcastChannel(room);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data));
  }

  say(words: TabWords): void {
    this.#flush();
    this.#channel.postMessage({ ...words, from: this.name });
  }

  /** Passes on what the connection brought: an event, or a sign of life. */
  tell(status: OpenStatus | undefined, frame?: Frame): void {
    const now = Date.now();
    if (!frame && status === this.#status && now - this.#toldAt < ALIVE_EVERY_MS) return;
    this.#status = status;
    this.#toldAt = now;
    if (frame) this.#frames.push(frame);
    if (this.#unsaid) return;
    this.#unsaid = true;
    queueMicrotask(() => this.#flush());
  }

  /** @returns whether something was said only now */
  close(): boolean {
    const unsaid = this.#unsaid;
    this.#flush();
    this.#channel.close();
    return unsaid;
  }

  #flush(): void {
    if (!this.#unsaid) return;
    this.#unsaid = false;
    const frames = this.#frames;
    this.#frames = [];
    this.say({ kind: 'news', status: this.#status, frames });
  }
}
