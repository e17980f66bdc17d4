/** Tells a link what other tabs have heard for it. */
import type { Link } from '../sse/transport.ts';
import { cursorAfter } from './tab-message.ts';
import type { Frame, News, OpenStatus } from './tab-message.ts';

export class LinkTeller {
  /** Up to which event the link was told, whoever brought it. */
  cursor: string;
  readonly #link: Link;
  #status: OpenStatus | undefined;

  constructor(link: Link) {
    this.#link = link;
    this.cursor = link.lastEventId;
  }

  /** The connection stands. That it is another one than before is nobody's business. */
  open(status: OpenStatus): void {
    if (status === this.#status) this.#link.onAlive();
    else this.#link.onOpen((this.#status = status));
  }

  take({ frames, status }: Pick<News, 'frames' | 'status'>): void {
    if (status) this.open(status);
    for (const frame of frames) {
      this.moveOver(frame);
      if (frame.id) this.#link.onId(frame.id);
      this.#link.onEvent(frame.type, frame.data, frame.id);
    }
  }

  /** The link is told of this event by its own connection. */
  moveOver(frame: Frame): void {
    this.cursor = cursorAfter(this.cursor, frame);
  }
}
