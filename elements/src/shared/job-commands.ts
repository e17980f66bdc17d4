/** Cancel and retry: ask the page, then the server, and remember what is not answered yet. And tickets, which nobody is asked about. */
import { isAuraError } from '@aura-jobs/sdk';
import type { FileTicket } from '@aura-jobs/sdk';
import { AuraCancelRequestEvent, AuraErrorEvent, AuraJobRetriedEvent, AuraRetryRequestEvent } from './events.ts';
import type { JobHost } from './job-host.ts';
import type { JobSource } from './job-source.ts';
import { messageOf, PendingCommand } from './pending-command.ts';

/** The commands of one job; another job gets another object. */
export class JobCommands {
  /** Pending from the click until the job has ended or the server refused. */
  readonly cancelling: PendingCommand;
  /** Pending from the click until the new job is known or the server refused. */
  readonly retrying: PendingCommand;
  readonly #host: JobHost;
  readonly #source: JobSource | undefined;
  readonly #jobId: string;

  constructor(host: JobHost, source?: JobSource, jobId = '') {
    this.#host = host;
    this.#source = source;
    this.#jobId = jobId;
    const changed = (): void => host.requestUpdate();
    this.cancelling = new PendingCommand(changed);
    this.retrying = new PendingCommand(changed);
  }

  /** Nothing but an event of the job ends the pending mark. */
  async cancel(): Promise<void> {
    const jobId = this.#jobId;
    if (!this.#source || !this.#host.dispatchEvent(new AuraCancelRequestEvent({ jobId }))) return;
    const { jobs } = this.#source;
    await this.cancelling.send(() => jobs.cancel(jobId), this.tellError);
  }

  /** Lets the element follow the new job. */
  async retry(): Promise<void> {
    const retryOf = this.#jobId;
    if (!this.#source || !this.#host.dispatchEvent(new AuraRetryRequestEvent({ jobId: retryOf }))) return;
    const { jobs } = this.#source;
    const answer = await this.retrying.send(() => jobs.retry(retryOf), this.tellError);
    if (!answer || this.#host.jobId !== retryOf) return;
    this.#host.jobId = answer.jobId;
    this.#host.dispatchEvent(new AuraJobRetriedEvent({ jobId: answer.jobId, retryOf }));
  }

  /** There is a connection again. */
  reconnected(): void {
    this.cancelling.reconnected();
    this.retrying.reconnected();
  }

  /** What the addresses of the job's files have to carry; `null` for nothing. */
  async ticket(): Promise<FileTicket | null> {
    return (await this.#source?.jobs.ticket?.(this.#jobId)) ?? null;
  }

  /** Fires `aura-error`. */
  readonly tellError = (error: unknown): void => {
    const code = isAuraError(error) ? error.code : 'UnknownError';
    this.#host.dispatchEvent(new AuraErrorEvent({ jobId: this.#jobId, code, message: messageOf(error) }));
  };
}
