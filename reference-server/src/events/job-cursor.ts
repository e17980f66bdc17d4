/** A reader's place in one job. */
import type { Batch } from './frame.ts';
import type { FrameCursor } from './frame-source.ts';
import type { JobChannel } from './job-channel.ts';

export class JobCursor implements FrameCursor {
  position: string | undefined;
  readonly #channel: JobChannel;

  constructor(channel: JobChannel, after: string | undefined) {
    this.#channel = channel;
    this.position = after;
  }

  get ended(): boolean {
    return this.#channel.ended && this.position === this.#channel.lastId;
  }

  next(upTo?: string): Batch | undefined {
    return this.#moved(this.#channel.after(this.position, upTo));
  }

  async read(): Promise<Batch | undefined> {
    return this.#moved(await this.#channel.readAfter(this.position));
  }

  #moved(batch: Batch | undefined): Batch | undefined {
    if (batch) this.position = batch.lastId;
    return batch;
  }
}
