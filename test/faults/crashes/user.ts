/** A user at work: starts, cancels, releases, retries, deletes and looks at jobs without a pause, whatever the server does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isTerminalEvent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import type { Name } from '../../reference-server/owned-server.ts';
import type { RawEvent } from '../../reference-server/simulated-jobs.ts';
import type { Dice } from './dice.ts';
import { insist } from './insist.ts';
import type { Request } from './insist.ts';
import type { Acknowledged, Ledger } from './ledger.ts';

/** Jobs of one user that have not ended: more would only wait for the end. */
const AT_ONCE = 5;
const VIDEO = {
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:15' },
  renderSpec: { res: { width: 426, height: 240 }, fps: 10 },
};

export interface UserOptions {
  readonly url: string;
  readonly name: Name;
  readonly dice: Dice;
  readonly ledger: Ledger;
  /** Videos among the jobs. */
  readonly videos: number;
  /** Told of each new job. */
  onJob(job: Acknowledged): void;
}

export class User {
  readonly #options: UserOptions;
  readonly #mine: Acknowledged[] = [];
  readonly #ended = new Set<string>();
  #videos: number;

  constructor(options: UserOptions) {
    this.#options = options;
    this.#videos = options.videos;
  }

  async work(until: AbortSignal): Promise<void> {
    const { dice } = this.#options;
    while (!until.aborted) {
      const open = this.#mine.filter(({ jobId }) => !this.#ended.has(jobId));
      const any = this.#mine.length > 0 ? dice.pick(this.#mine) : undefined;
      const luck = dice.next();
      if (open.length < AT_ONCE && luck < 0.4) await this.#create();
      else if (luck < 0.55 && open.length > 0) await this.#cancel(dice.pick(open));
      else if (luck < 0.65 && any) await this.#repeat(any);
      else if (luck < 0.75 && any?.fails && !any.deleted) await this.#retry(any);
      else if (luck < 0.8 && any && this.#ended.has(any.jobId) && !any.deleted) await this.#delete(any);
      else if (luck < 0.85 && any?.held && !any.deleted) await this.#release(any);
      else for (const job of open) await this.#look(job);
      await delay(dice.below(60));
    }
  }

  #ask(request: Request) {
    return insist(this.#options.url, this.#options.name, request);
  }

  async #create(): Promise<void> {
    const { dice } = this.#options;
    const inputs = dice.pick<Record<string, unknown>>([
      { events: 20 + dice.below(200), eventsPerSecond: 0 },
      { seconds: 1 + dice.below(5), eventsPerSecond: 30, warnAt: 20 },
      { seconds: 2, eventsPerSecond: 40, failAt: dice.below(80) },
      { events: 60, eventsPerSecond: 0, hold: true },
    ]);
    const body = this.#videos-- > 0 ? VIDEO : { preset: 'simulated', inputs };
    const held = 'preset' in body && inputs.hold === true;
    await this.#begin(
      { method: 'POST', path: '/api/jobs', body, key: randomUUID() },
      { held, fails: 'failAt' in inputs },
    );
  }

  async #retry({ jobId }: Acknowledged): Promise<void> {
    const request = { method: 'POST', path: `/api/jobs/${jobId}/retry`, key: randomUUID() };
    await this.#begin(request, { held: false, fails: true, retryOf: jobId });
  }

  async #begin(request: Request, facts: Pick<Acknowledged, 'held' | 'fails' | 'retryOf'>): Promise<void> {
    const { name, ledger, onJob } = this.#options;
    const { status, body } = await this.#ask(request);
    if (status === 409 && facts.retryOf) return;
    if (status !== 202) throw new Error(`${request.path}: ${status} ${JSON.stringify(body)}`);
    const job: Acknowledged = { jobId: body.jobId, owner: name, request, ...facts };
    ledger.set(job.jobId, job);
    this.#mine.push(job);
    onJob(job);
  }

  /** The same request with the same key is the same job. */
  async #repeat({ jobId, request, deleted, retryOf }: Acknowledged): Promise<void> {
    if (deleted || (retryOf && this.#options.ledger.get(retryOf)!.deleted)) return;
    const { body } = await this.#ask(request);
    if (body.jobId !== jobId) throw new Error(`${request.key} was ${jobId}, and is now ${JSON.stringify(body)}`);
  }

  async #cancel(job: Acknowledged): Promise<void> {
    const { status, body } = await this.#ask({ method: 'POST', path: `/api/jobs/${job.jobId}/cancel` });
    if (status === 202) job.cancelledAt ??= Date.now();
    else if (status !== 409) throw new Error(`cancel of ${job.jobId}: ${status} ${JSON.stringify(body)}`);
  }

  async #release(job: Acknowledged): Promise<void> {
    const { status } = await this.#ask({ method: 'POST', path: `/api/jobs/${job.jobId}/release` });
    if (status !== 202) throw new Error(`release of ${job.jobId}: ${status}`);
    job.released = true;
  }

  async #delete(job: Acknowledged): Promise<void> {
    const path = `/api/jobs/${job.jobId}`;
    const { body } = await this.#ask({ method: 'GET', path: `${path}/events?wait=0&replay=all` });
    const events = (body as { events: RawEvent[] }).events;
    // A page holds 500 events; longer logs are kept, to be read at the end.
    if (!isTerminalEvent(events.at(-1) as JobEventDraft)) return;
    job.deletedLog = events;
    const { status } = await this.#ask({ method: 'DELETE', path });
    // 404: it was deleted before, and the answer was lost.
    if (status !== 204 && status !== 404) throw new Error(`deletion of ${job.jobId}: ${status}`);
    job.deleted = true;
  }

  async #look({ jobId }: Acknowledged): Promise<void> {
    const { status, body } = await this.#ask({ method: 'GET', path: `/api/jobs/${jobId}` });
    if (status !== 200) throw new Error(`${jobId} was acknowledged, and is now ${status}`);
    if (/Succeeded|Failed|Canceled/.test(body.status as string)) this.#ended.add(jobId);
  }
}
