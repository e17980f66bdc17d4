/** A reader's place in several jobs: their frames are merged, so that no id is ever followed by a smaller one. */
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import { Batch, byId } from './frame.ts';
import type { FrameCursor } from './frame-source.ts';
import type { JobChannel } from './job-channel.ts';
import { JobLane } from './job-lane.ts';

export class GroupCursor implements FrameCursor {
  position: string | undefined;
  /** Of the jobs that may still say something. */
  readonly #lanes: Set<JobLane>;

  constructor(channels: readonly JobChannel[], after: string | undefined) {
    this.position = after;
    this.#lanes = new Set(channels.map((channel) => new JobLane(channel, after)));
  }

  get ended(): boolean {
    return this.#lanes.size === 0;
  }

  next(): Batch | undefined {
    for (const lane of this.#lanes) if (lane.isShort && !lane.fill()) return undefined;
    return this.#merge();
  }

  async read(): Promise<Batch> {
    for (const lane of this.#lanes) {
      if (!lane.isShort || lane.fill() || (await lane.fillFromLog())) continue;
      // The job was deleted: the others go on.
      this.#lanes.delete(lane);
    }
    return this.next() ?? new Batch([], this.position);
  }

  /** Hands out what is certain to come next: what is unread of a job may come right after what was read of it. */
  #merge(): Batch {
    const lanes = [...this.#lanes];
    const [certain] = lanes.flatMap((lane) => (lane.isUnread ? lane.readTo! : [])).sort(compareEventIds);
    const frames = lanes.flatMap((lane) => lane.take(certain)).sort(byId);
    for (const lane of lanes) if (lane.isOver) this.#lanes.delete(lane);
    this.position = frames.at(-1)?.id ?? this.position;
    return new Batch(frames, this.position);
  }
}
