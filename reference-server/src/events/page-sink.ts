/** A reader that takes one page: the answer of a long poll. */
import type { ServerResponse } from 'node:http';
import type { Batch, Frame } from './frame.ts';
import type { Ending, Sink, SinkListener } from './sink.ts';

/** Events of the log on one page; the rest is there for the next call. */
const PAGE = 500;

export interface Page {
  readonly frames: readonly Frame[];
  /** The cursor for the next call. */
  readonly lastId: string | undefined;
  /** Why there is no event of the log on it. */
  readonly ending?: Ending;
}

export class PageSink implements Sink {
  readonly #response: ServerResponse;
  readonly #waitMs: number;
  readonly #deliver: (page: Page) => void;
  #page: Page;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param after the cursor of the call, which is that of an empty page too
   * @param deliver called with the page, or when the reader has hung up; its first call counts
   */
  constructor(
    response: ServerResponse,
    { after, waitMs }: { readonly after: string | undefined; readonly waitMs: number },
    deliver: (page: Page) => void,
  ) {
    this.#response = response;
    this.#waitMs = waitMs;
    this.#deliver = deliver;
    this.#page = { frames: [], lastId: after };
  }

  open({ closed }: SinkListener): void {
    this.#response.once('close', () => {
      this.end('gone');
      closed();
    });
  }

  /** What is in no log does not fill a page: else a reader that is told of an unknown job would come back at once. */
  write({ frames, lastId }: Batch): boolean {
    const told = [...this.#page.frames, ...frames];
    const words = told.filter(({ id }) => id === undefined).length;
    const page = told.slice(0, words + PAGE);
    this.#page = { frames: page, lastId: page.length < told.length ? page.at(-1)!.id : lastId };
    if (page.length < words + PAGE) return true;
    this.#answer(this.#page);
    return false;
  }

  /** The wait begins when there is nothing to tell. */
  caughtUp(): void {
    if (this.#hasEvents) this.#answer(this.#page);
    else this.#timer ??= setTimeout(() => this.end('rotation'), this.#waitMs);
  }

  keepAlive(): boolean {
    return true;
  }

  end(ending: Ending): void {
    this.#answer(this.#hasEvents ? this.#page : { ...this.#page, ending });
  }

  get #hasEvents(): boolean {
    return this.#page.frames.some(({ id }) => id !== undefined);
  }

  #answer(page: Page): void {
    clearTimeout(this.#timer);
    this.#deliver(page);
  }
}
