/** What is to be told of jobs' ends, kept until it is told. Implemented by each engine. */
import type { ChannelName } from './notify-targets.ts';

/** One attempt to tell one receiver. */
export interface Delivery {
  readonly jobId: string;
  readonly channel: ChannelName;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

export interface Outbox {
  /** Remembers deliveries that wait for the end of their job; those that are known stay as they are. Durable when it resolves. */
  add(jobId: string, channels: readonly ChannelName[]): Promise<void>;
  /** Jobs whose end is waited for. */
  awaited(): Promise<string[]>;
  /** The end of a job is logged: what waits for it is due. Can be repeated. @param now Unix ms */
  release(jobId: string, now: number): Promise<void>;
  /**
   * Takes what is due, oldest first, and counts an attempt. It is due again at `again` unless it is postponed or done by
   * then: whoever took it may have died. What one has taken, nobody else takes until then.
   */
  claim(options: { readonly now: number; readonly again: number; readonly limit: number }): Promise<Delivery[]>;
  /** It is due again at another time, in Unix ms. */
  postpone(delivery: Delivery, dueAt: number): Promise<void>;
  /** It was told, or given up. */
  done(delivery: Delivery): Promise<void>;
  /** When something is due next, in Unix ms. */
  nextDueAt(): Promise<number | undefined>;
  /** How many are under way: released, and neither told nor given up. */
  depth(): Promise<number>;
  /** Forgets a job. */
  remove(jobId: string): Promise<void>;
}
