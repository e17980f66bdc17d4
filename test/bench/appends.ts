/**
 * What it costs to commit events together: 1,000 appends a second to the log of the embedded engine, beside one
 * transaction for each of them. The time is taken from the moment that an event is due to the moment that a follower has
 * it, which is when it is durable.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inTransaction, openDatabase } from '../../reference-server/src/engines/embedded/database.ts';
import { SqliteEventLog } from '../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { toPayload } from '../../reference-server/src/events/event-log.ts';
import { median } from './measure.ts';

const APPENDS = 5000;
const PER_SECOND = 1000;
const JOBS = 100;
const ROUNDS = 3;

const event = (n: number) =>
  ({
    type: 'warning',
    data: { message: `something that is worth ${n} words, or a few more of them`, step: 'Script', correlationId: 'c' },
  }) as const;

type Append = (jobId: string, n: number) => void;

/** @param told is to be called with the number of each event when it is durable */
type Contestant = (file: string, told: (n: number) => void) => { readonly append: Append; close(): void };

const together: Contestant = (file, told) => {
  const database = openDatabase(file);
  const log = new SqliteEventLog(database);
  for (let job = 0; job < JOBS; job++)
    log.follow(`job-${job}`, (events) => {
      for (const { id } of events) told(Number(id.split('-')[1]) - 1);
    });
  return { append: (jobId, n) => void log.append(jobId, [event(n)]), close: () => database.close() };
};

const oneByOne: Contestant = (file, told) => {
  const database = openDatabase(file);
  const insert = database.prepare('INSERT INTO events (job_id, ms, counter, type, json) VALUES (?, ?, ?, ?, ?)');
  const clock = database.prepare('UPDATE clock SET ms = ?, counter = ?');
  return {
    append(jobId, n) {
      const { type, data } = event(n);
      inTransaction(database, () => {
        insert.run(jobId, Date.now(), n, type, toPayload(jobId, data));
        clock.run(Date.now(), n);
      });
      told(n);
    },
    close: () => database.close(),
  };
};

/** @param atOnce appends that are due at the same moment, as from jobs that run side by side */
async function run(contestant: Contestant, atOnce: number): Promise<{ p50: number; p99: number; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-appends-'));
  const due: number[] = [];
  const delays: number[] = [];
  const all = Promise.withResolvers<void>();
  const log = contestant(join(folder, 'aura.sqlite'), (n) => {
    delays.push(performance.now() - due[n]!);
    if (delays.length === APPENDS) all.resolve();
  });
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  for (let n = 0; n < APPENDS;) {
    const at = startedAt + (n * 1000) / PER_SECOND;
    const left = at - performance.now();
    if (left > 0) await delay(left);
    for (let more = 0; more < atOnce && n < APPENDS; more++, n++) {
      due[n] = at;
      log.append(`job-${n % JOBS}`, n);
    }
  }
  await all.promise;
  const { user, system } = process.cpuUsage(cpu);
  log.close();
  await rm(folder, { recursive: true, force: true });
  delays.sort((a, b) => a - b);
  const at = (share: number): number => delays[Math.floor(delays.length * share)]!;
  return { p50: at(0.5), p99: at(0.99), seconds: (user + system) / 1e6 };
}

/** @returns a table as text */
export async function benchAppends(): Promise<string> {
  const lines = [
    `${PER_SECOND.toLocaleString('en')} appends a second, until they are durable (wanted: 5 ms more at most)`,
  ];
  for (const atOnce of [1, 20]) {
    const rows: [string, Contestant][] = [
      ['one transaction for each', oneByOne],
      ['the event log', together],
    ];
    const medians: { p50: number; p99: number; seconds: number }[] = [];
    const rounds = rows.map(() => [] as Awaited<ReturnType<typeof run>>[]);
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, [, contestant]] of rows.entries()) rounds[index]!.push(await run(contestant, atOnce));
    for (const [index, [name]] of rows.entries()) {
      const of = (key: 'p50' | 'p99' | 'seconds'): number => median(rounds[index]!.map((one) => one[key]));
      medians.push({ p50: of('p50'), p99: of('p99'), seconds: of('seconds') });
      const { p50, p99, seconds } = medians[index]!;
      lines.push(
        `  ${`${name}, ${atOnce} at once`.padEnd(36)} p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  ` +
          `${((seconds * 1e6) / APPENDS).toFixed(0)} µs of CPU each`,
      );
    }
    const [alone, shared] = medians as [(typeof medians)[0], (typeof medians)[0]];
    lines.push(
      `  added by waiting for the others${' '.repeat(6)}p50 ${(shared.p50 - alone.p50).toFixed(2)} ms  ` +
        `p99 ${(shared.p99 - alone.p99).toFixed(2)} ms  CPU ${(shared.seconds / alone.seconds).toFixed(2)} ×`,
    );
  }
  return `${lines.join('\n')}\n`;
}
