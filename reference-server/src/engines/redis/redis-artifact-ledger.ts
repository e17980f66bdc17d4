/** The ledger of artifacts in Redis. */
import type { Redis } from 'ioredis';
import type { ArtifactLedger, LedgerEntry, Usage } from '../../artifacts/artifact-ledger.ts';
import { answered } from './connection.ts';
import { keys } from './keys.ts';
import { loadScript, PUT_FILES, REMOVE_FILES } from './scripts.ts';
import type { Script } from './scripts.ts';

export class RedisArtifactLedger implements ArtifactLedger {
  readonly #redis: Redis;
  readonly #put: Script;
  readonly #remove: Script;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#put = loadScript(redis, 'PutFiles', PUT_FILES);
    this.#remove = loadScript(redis, 'RemoveFiles', REMOVE_FILES);
  }

  async put(entry: LedgerEntry): Promise<void> {
    const { jobId, ownerId, madeAt, artifacts } = entry;
    const bytes = artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const stored = JSON.stringify({ ...entry, bytes });
    await answered(
      this.#put(
        [keys.files(jobId), keys.allFiles, keys.space],
        [keys.filesOf(''), stored, jobId, ownerId, madeAt, bytes],
      ),
    );
  }

  async get(jobId: string): Promise<LedgerEntry | undefined> {
    const entry = await answered(this.#redis.get(keys.files(jobId)));
    return entry === null ? undefined : parse(entry);
  }

  async remove(jobId: string): Promise<void> {
    await answered(this.#remove([keys.files(jobId), keys.allFiles, keys.space], [keys.filesOf('')]));
  }

  async usageOf(ownerId: string): Promise<Usage> {
    const [bytes, oldest] = await answered(
      Promise.all([
        this.#redis.hget(keys.space, ownerId),
        this.#redis.zrange(keys.filesOf(ownerId), 0, '0', 'WITHSCORES'),
      ]),
    );
    return { bytes: Number(bytes ?? 0), oldestAt: Number(oldest[1] ?? 0) };
  }

  async recent(ownerId: string | undefined, limit: number): Promise<LedgerEntry[]> {
    const list = ownerId === undefined ? keys.allFiles : keys.filesOf(ownerId);
    const jobIds = await answered(this.#redis.zrange(list, 0, String(limit - 1), 'REV'));
    if (jobIds.length === 0) return [];
    const entries = await answered(this.#redis.mget(jobIds.map(keys.files)));
    // What was removed in between is not there any more.
    return entries.flatMap((entry) => (entry === null ? [] : parse(entry)));
  }

  madeBefore(time: number, limit: number): Promise<string[]> {
    return answered(this.#redis.zrangebyscore(keys.allFiles, '-inf', `(${time}`, 'LIMIT', 0, limit));
  }
}

function parse(stored: string): LedgerEntry {
  const { bytes: _, ...entry } = JSON.parse(stored) as LedgerEntry & { bytes: number };
  return entry;
}
