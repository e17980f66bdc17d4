/** An event log that tells when a job ends: every end goes through it, whoever brings it about. */
import { isTerminalEvent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { EventLogAround } from './event-log-around.ts';
import type { EventLog } from './event-log.ts';

export class EndingEventLog extends EventLogAround {
  readonly #ended: (jobId: string) => void;

  /** @param ended called when the end is durable; must not throw */
  constructor(log: EventLog, ended: (jobId: string) => void) {
    super(log);
    this.#ended = ended;
  }

  protected override logged(jobId: string, events: readonly JobEventDraft[]): void {
    if (events.some(isTerminalEvent)) this.#ended(jobId);
  }
}
