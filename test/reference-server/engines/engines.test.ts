/** One suite, two engines: whatever is promised of an engine is promised of both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis } from '../../support/redis.ts';
import type { TestRedis } from '../../support/redis.ts';
import { distributed, embedded } from './kinds.ts';
import { testEventLog } from './event-log-suite.ts';
import { testJobs } from './jobs-suite.ts';
import { testLimits } from './limits-suite.ts';
import { testOutbox } from './outbox-suite.ts';
import { testPauses } from './pause-suite.ts';
import { unaskedOf, useEngine } from './opened.ts';
import { testQueue } from './queue-suite.ts';
import { testRecords } from './records-suite.ts';

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const kinds = [embedded, distributed(() => redis)];

for (const kind of kinds) {
  describe(`the ${kind.name} engine`, () => {
    testEventLog(kind);
    testRecords(kind);
    testQueue(kind);
    testLimits(kind);
    testOutbox(kind);
    testJobs(kind);
    testPauses(kind);
  });
}

describe('the suite', () => {
  // It has nothing but what the interfaces name.
  const opened = useEngine(embedded);

  test('has asked both engines for everything that an engine can do', () => {
    for (const kind of kinds) expect([kind.name, unaskedOf(kind, opened.engine)]).toEqual([kind.name, []]);
  });
});
