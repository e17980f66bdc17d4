/** What can be asked of many jobs: cancel, delete, retry. Each is asked of the page first, then of the server. */
import { isAuraError } from '@aura-jobs/sdk';
import type { LitElement } from 'lit';
import type { Strings } from '../locales/en.ts';
import { announce, hush } from '../shared/announcer.ts';
import {
  AuraCancelRequestEvent,
  AuraDeleteRequestEvent,
  AuraErrorEvent,
  AuraJobDeletedEvent,
  AuraJobRetriedEvent,
  AuraRetryRequestEvent,
} from '../shared/events.ts';
import { messageOf, wasOffline } from '../shared/pending-command.ts';
import type { JobListController } from './job-list-controller.ts';

/** As many as a server takes in one request. */
const BATCH = 100;
/** Deletions under way at once: a browser has six connections for an origin, and somebody may be watching something. */
const AT_ONCE = 3;

export class ListCommands {
  /** Jobs of which something was asked that is not answered or has not shown yet. */
  readonly pending = new Set<string>();
  /** How many the server refused in the last command, and why. */
  refused: { count: number; reason: unknown } = { count: 0, reason: '' };
  readonly #host: LitElement;
  readonly #list: JobListController;

  constructor(host: LitElement, list: JobListController) {
    this.#host = host;
    this.#list = list;
  }

  /** The marks of those that were accepted stay until the jobs have ended. */
  async cancel(jobIds: readonly string[]): Promise<void> {
    const asked = this.#begin(jobIds.filter((jobId) => this.#ask(new AuraCancelRequestEvent({ jobId }))));
    for (let from = 0; from < asked.length; from += BATCH) {
      const batch = asked.slice(from, from + BATCH);
      await this.#try(batch, async () => {
        for (const { jobId, accepted, message } of await this.#list.source!.jobs.cancelMany(batch)) {
          if (!accepted) this.#refuse(jobId, message);
        }
      });
    }
  }

  /** Deletes each by itself, and says how many are gone. */
  async clear(jobIds: readonly string[], strings: Strings): Promise<void> {
    const asked = this.#begin(jobIds.filter((jobId) => this.#ask(new AuraDeleteRequestEvent({ jobId }))));
    const left = asked.values();
    const work = async (): Promise<void> => {
      for (const jobId of left) await this.#try([jobId], () => this.#delete(jobId));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const gone = asked.length - this.refused.count;
    if (gone > 0) announce(this.#host, { text: `${strings.clear}: ${gone}` }, {});
  }

  async retry(retryOf: string): Promise<void> {
    if (this.pending.has(retryOf) || !this.#ask(new AuraRetryRequestEvent({ jobId: retryOf }))) return;
    this.#begin([retryOf]);
    await this.#try([retryOf], async () => {
      const { jobId } = await this.#list.source!.jobs.retry(retryOf);
      hush(this.#host);
      this.pending.delete(retryOf);
      this.#ask(new AuraJobRetriedEvent({ jobId, retryOf }));
      await this.#list.refresh();
    });
  }

  async #delete(jobId: string): Promise<void> {
    await this.#list.source!.jobs.delete(jobId).catch((error: unknown) => {
      // Somebody else has deleted it.
      if (!isAuraError(error) || error.code !== 'JobNotFound') throw error;
    });
    this.pending.delete(jobId);
    this.#list.jobs.delete(jobId);
    this.#list.paint();
    this.#ask(new AuraJobDeletedEvent({ jobId }));
  }

  /** That there was no connection is no reason any more. */
  reconnected(): void {
    if (wasOffline(this.refused.reason)) this.#begin([]);
  }

  /** Fires `aura-error`. */
  tellError(error: unknown, jobId = ''): void {
    const code = isAuraError(error) ? error.code : 'UnknownError';
    this.#ask(new AuraErrorEvent({ jobId, code, message: messageOf(error) }));
  }

  #ask(event: Event): boolean {
    return this.#host.dispatchEvent(event);
  }

  #begin(jobIds: readonly string[]): readonly string[] {
    this.refused = { count: 0, reason: '' };
    for (const jobId of jobIds) this.pending.add(jobId);
    this.#host.requestUpdate();
    return jobIds;
  }

  async #try(jobIds: readonly string[], call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      for (const jobId of jobIds) this.#refuse(jobId, error);
      this.tellError(error, jobIds[0]);
    }
  }

  #refuse(jobId: string, reason: unknown): void {
    this.pending.delete(jobId);
    this.refused = { count: this.refused.count + 1, reason };
    this.#host.requestUpdate();
  }
}
