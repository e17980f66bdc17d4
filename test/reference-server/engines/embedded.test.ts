/** What is special about the embedded engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../reference-server/src/engines/embedded/database.ts';
import { SqliteEventLog } from '../../../reference-server/src/engines/embedded/sqlite-event-log.ts';
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

test('a second process on the same file is refused with a reason', () => {
  expect(() => openDatabase(join(folder, 'aura.sqlite'), { busyTimeoutMs: 10 })).toThrow(/Another server is using/);
});
