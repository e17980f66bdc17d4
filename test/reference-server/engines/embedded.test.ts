/** What is special about the embedded engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../reference-server/src/engines/embedded/database.ts';
import { InProcessQueue } from '../../../reference-server/src/engines/embedded/in-process-queue.ts';
import { SqliteEventLog } from '../../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { typesOf, warning } from './opened.ts';

let folder: string;
let database: DatabaseSync;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-embedded-'));
  database = openDatabase(join(folder, 'aura.sqlite'));
});

afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

test('what is committed together is refused together, and the next batch is written', async () => {
  const log = new SqliteEventLog(database);
  database.exec(
    `CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.json LIKE '%too much%' BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
  );

  const results = await Promise.allSettled([
    log.append('a', [warning('fine')]),
    log.append('b', [warning('too much')]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  database.exec('DROP TRIGGER full');
  await log.append('a', [warning('again')]);
  expect(await typesOf(log, 'a')).toEqual(['warning']);
  expect(await typesOf(log, 'b')).toEqual([]);
});

test(
  'a job whose row in the queue cannot be deleted is handed out again, and ends nobody',
  { timeout: 30_000 },
  async () => {
    const queue = new InProcessQueue(database, { concurrency: 1, onError: () => {} });
    await queue.enqueue('job');
    database.exec(`CREATE TRIGGER full BEFORE DELETE ON queue BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    let handed = 0;
    queue.process(async () => {
      if (++handed > 1) database.exec('DROP TRIGGER full');
    });

    await eventually(async () => (await queue.depth()).running + (await queue.depth()).waiting === 0);
    expect(handed).toBe(2);
  },
);

test('a second process on the same file is refused with a reason', () => {
  expect(() => openDatabase(join(folder, 'aura.sqlite'), { busyTimeoutMs: 10 })).toThrow(/Another server is using/);
});
