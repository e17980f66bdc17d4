/** The two engines, each on storage that is made for one test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../reference-server/src/engines/embedded/database.ts';
import { embeddedEngine } from '../../../reference-server/src/engines/embedded/embedded-engine.ts';
import { openRedisEngine } from '../../../reference-server/src/engines/redis/redis-engine.ts';
import type { TestRedis } from '../../support/redis.ts';
import type { Kind } from './harness.ts';

const OPTIONS = { concurrency: 2, onError: () => {} };

export const embedded: Kind = {
  name: 'embedded',
  async create() {
    const dataDir = await mkdtemp(join(tmpdir(), 'aura-engine-'));
    let database = openDatabase(join(dataDir, 'aura.sqlite'));
    database.close();
    return {
      async open() {
        database = openDatabase(join(dataDir, 'aura.sqlite'));
        return embeddedEngine(database, { ...OPTIONS, dataDir });
      },
      async refuseWrites() {
        database.exec('PRAGMA query_only = ON');
        return async () => database.exec('PRAGMA query_only = OFF');
      },
      async moveClock() {
        const file = openDatabase(join(dataDir, 'aura.sqlite'));
        file.exec('UPDATE clock SET ms = ms + 3600000');
        file.close();
      },
      close: () => rm(dataDir, { recursive: true, force: true }),
    };
  },
};

export const distributed = (redis: () => TestRedis): Kind => ({
  name: 'distributed',
  async create() {
    const { client, url } = redis();
    await client.flushall();
    return {
      open: () => openRedisEngine({ ...OPTIONS, url, takeOverAfterMs: 1000, onTrouble: () => {} }),
      async refuseWrites() {
        await client.config('SET', 'maxmemory', '1');
        return async () => void (await client.config('SET', 'maxmemory', '0'));
      },
      moveClock: async () => void (await client.hincrby('{aura}:clock', 'ms', 3_600_000)),
      close: async () => {},
    };
  },
});
