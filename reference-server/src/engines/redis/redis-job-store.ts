/** Job records in Redis. */
import type { Redis } from 'ioredis';
import { UnknownPositionError } from '../../jobs/job-store.ts';
import type { JobRecord, JobStore, ListedJob, ProviderAtWork } from '../../jobs/job-store.ts';
import { answered } from './connection.ts';
import { keys } from './keys.ts';
import type { Replicas } from './replicas.ts';
import { CREATE, LIST, loadScript, NOTE, REMOVE, REQUEST_PAUSE } from './scripts.ts';
import type { Script } from './scripts.ts';

const DIGITS = 15;

export class RedisJobStore implements JobStore {
  readonly #redis: Redis;
  readonly #replicas: Replicas;
  readonly #create: Script;
  readonly #list: Script;
  readonly #remove: Script;
  readonly #note: Script;
  readonly #requestPause: Script;

  /** @param replicas have the last word on what is acknowledged */
  constructor(redis: Redis, replicas: Replicas) {
    this.#redis = redis;
    this.#replicas = replicas;
    this.#create = loadScript(replicas.redis, 'Create', CREATE);
    this.#list = loadScript(redis, 'List', LIST);
    this.#remove = loadScript(redis, 'Remove', REMOVE);
    this.#note = loadScript(replicas.redis, 'Note', NOTE);
    this.#requestPause = loadScript(replicas.redis, 'RequestPause', REQUEST_PAUSE);
  }

  async create(record: JobRecord, idempotencyKey: string | undefined): Promise<JobRecord> {
    const { id, ownerId, createdAt } = record;
    const lists = [keys.jobs, keys.jobsOf(ownerId)];
    const stored = await answered(
      this.#replicas.have(() =>
        this.#create(
          [keys.job(id), ...lists, keys.idempotency(ownerId), keys.unqueued, keys.jobNumber],
          [id, ownerId, createdAt, JSON.stringify(record), idempotencyKey ?? '', keys.job('')],
        ),
      ),
    );
    return parse(stored);
  }

  async get(jobId: string): Promise<JobRecord | undefined> {
    const record = await answered(this.#redis.hget(keys.job(jobId), 'record'));
    return record === null ? undefined : parse(record);
  }

  async getByKey(ownerId: string, idempotencyKey: string): Promise<JobRecord | undefined> {
    const jobId = await answered(this.#redis.hget(keys.idempotency(ownerId), idempotencyKey));
    return jobId === null ? undefined : this.get(jobId);
  }

  async list(
    ownerId: string | undefined,
    { after, limit }: { after?: string | undefined; limit: number },
  ): Promise<ListedJob[]> {
    const list = ownerId === undefined ? keys.jobs : keys.jobsOf(ownerId);
    const found = await answered(this.#list([list], [after === undefined ? '+' : toPlace(after), limit, keys.job('')]));
    return (found as [string, string][]).map(([position, record]) => ({
      record: parse(record),
      position: position.split('-').map(Number).join('-'),
    }));
  }

  async remove(jobId: string): Promise<void> {
    await answered(
      this.#remove(
        [keys.job(jobId), keys.jobs, keys.unqueued],
        [jobId, keys.jobsOf(''), keys.idempotency(''), keys.busy(''), keys.paused('')],
      ),
    );
  }

  async *unqueued(): AsyncGenerator<JobRecord> {
    for (const jobId of await answered(this.#redis.zrange(keys.unqueued, 0, '-1'))) {
      const record = await this.get(jobId);
      if (record) yield record;
    }
  }

  async requestCancel(jobId: string): Promise<void> {
    await this.#remember(jobId, 'cancel', 1);
  }

  async isCancelRequested(jobId: string): Promise<boolean> {
    return (await answered(this.#redis.hget(keys.job(jobId), 'cancel'))) === '1';
  }

  async requestPause(jobId: string, wanted: boolean): Promise<void> {
    const place = [keys.job(jobId)];
    await answered(this.#replicas.have(() => this.#requestPause(place, [jobId, Number(wanted), keys.paused('')])));
  }

  async isPauseRequested(jobId: string): Promise<boolean> {
    return (await answered(this.#redis.hget(keys.job(jobId), 'pause'))) === '1';
  }

  pausedOf(ownerId: string): Promise<string[]> {
    return answered(this.#redis.smembers(keys.paused(ownerId)));
  }

  async setProvider(jobId: string, provider: ProviderAtWork): Promise<void> {
    await this.#remember(jobId, 'provider', JSON.stringify(provider));
  }

  async providerOf(jobId: string): Promise<ProviderAtWork | undefined> {
    const provider = await answered(this.#redis.hget(keys.job(jobId), 'provider'));
    return provider === null ? undefined : (JSON.parse(provider) as ProviderAtWork);
  }

  async #remember(jobId: string, field: string, value: string | number): Promise<void> {
    await answered(this.#replicas.have(() => this.#note([keys.job(jobId)], [field, value])));
  }
}

/** Where a list goes on: before the time and number of the job that was last. */
function toPlace(position: string): string {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(position);
  if (!match) throw new UnknownPositionError(position);
  return `(${match[1]!.padStart(DIGITS, '0')}-${match[2]!.padStart(DIGITS, '0')}`;
}

function parse(record: unknown): JobRecord {
  return JSON.parse(record as string) as JobRecord;
}
