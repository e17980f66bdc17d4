/** A log in memory that can be told to fail, as a disk does. */
import type { EventLog, LoggedEvent } from '../../reference-server/src/events/event-log.ts';

/** More events than a channel keeps in memory. */
export const PAST_THE_MEMORY = 5000;

export class FragileLog implements EventLog {
  readonly events: LoggedEvent[] = Array.from({ length: PAST_THE_MEMORY }, (_, index) => ({
    id: `1700000000000-${index + 1}`,
    type: 'warning',
    json: `{"message":"${index + 1}","step":"Script","correlationId":"c-1"}`,
  }));
  broken = false;
  #listener: ((events: readonly LoggedEvent[]) => void) | undefined;

  async append(): Promise<readonly LoggedEvent[]> {
    throw new Error('not needed here');
  }

  async read(_jobId: string, { after, limit }: { after?: string | undefined; limit: number }): Promise<LoggedEvent[]> {
    if (this.broken) throw new Error('disk I/O error');
    const from = after ? Number(after.split('-')[1]) : 0;
    return this.events.slice(from, from + limit);
  }

  async has(): Promise<boolean> {
    return true;
  }

  async newestId(): Promise<string> {
    return this.events.at(-1)!.id;
  }

  async isSealed(): Promise<boolean> {
    return false;
  }

  async check(): Promise<void> {}

  async caughtUp(): Promise<void> {}

  async endedBefore(): Promise<string[]> {
    return [];
  }

  async remove(): Promise<void> {
    this.events.length = 0;
  }

  /** Jobs that somebody follows. */
  readonly followed = new Set<string>();

  follow(jobId: string, listener: (events: readonly LoggedEvent[]) => void): () => void {
    this.#listener = listener;
    this.followed.add(jobId);
    return () => void this.followed.delete(jobId);
  }

  add(json = '{}', type: LoggedEvent['type'] = 'warning'): void {
    const event = { id: `1700000000000-${this.events.length + 1}`, type, json };
    this.events.push(event);
    this.#listener?.([event]);
  }
}
