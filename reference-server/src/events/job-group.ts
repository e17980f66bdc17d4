/** Several jobs as one source. Ids rise over all jobs, so one cursor serves them all. */
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import { byId } from './frame.ts';
import type { Frame } from './frame.ts';
import type { FrameSource } from './frame-source.ts';
import { GroupCursor } from './group-cursor.ts';
import type { JobChannel } from './job-channel.ts';

export class JobGroup implements FrameSource {
  /** The events carry those of their jobs; what is said about the whole has that of the request. */
  readonly correlationId: string;
  readonly #channels: readonly JobChannel[];

  constructor(channels: readonly JobChannel[], correlationId: string) {
    this.#channels = channels;
    this.correlationId = correlationId;
  }

  get ended(): boolean {
    return this.#channels.every(({ ended }) => ended);
  }

  get lastId(): string | undefined {
    return this.#channels
      .flatMap(({ lastId }) => lastId ?? [])
      .sort(compareEventIds)
      .at(-1);
  }

  /** Also an id of another job will do, even of one that is gone: what came after it is the same. Only one that is yet to come says nothing. */
  async knows(id: string): Promise<boolean> {
    return this.ended || this.#channels[0]!.isPast(id);
  }

  greeting(): Frame[] {
    return this.#channels.flatMap((channel) => channel.greeting()).sort(byId);
  }

  cursorAfter(id: string | undefined): GroupCursor {
    return new GroupCursor(this.#channels, id);
  }

  /** Once per turn of the event loop, however many jobs moved in it. */
  follow(wake: () => void): () => void {
    let scheduled = false;
    const wakeOnce = (): void => {
      if (scheduled) return;
      scheduled = true;
      setImmediate(() => {
        scheduled = false;
        wake();
      });
    };
    const ends = this.#channels.flatMap((channel) => (channel.ended ? [] : channel.follow(wakeOnce)));
    return () => {
      for (const end of ends) end();
    };
  }
}
