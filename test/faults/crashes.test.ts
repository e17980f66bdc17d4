/**
 * Durability, as an owner of jobs sees it: the server is killed again and again under load, and nothing that it has
 * acknowledged is lost, no event id is repeated, every reader has every event, and every job ends.
 *
 * `KILLS=200 SEED=7 npx vitest run test/faults/crashes.test.ts` kills more often, or plays a seed again.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { KEYS, NO_LIMITS } from '../reference-server/owned-server.ts';
import { processesWith } from '../support/processes.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { Dice } from './crashes/dice.ts';
import { insist } from './crashes/insist.ts';
import { carryOut, planOf } from './crashes/killer.ts';
import type { Acknowledged, Ledger } from './crashes/ledger.ts';
import { follow, watch, WAYS } from './crashes/readers.ts';
import type { Shown, Told } from './crashes/readers.ts';
import { User } from './crashes/user.ts';
import * as verdict from './crashes/verdict.ts';

const KILLS = Number(process.env.KILLS ?? 25);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
/** Jobs that one stream for several jobs follows. */
const GROUP = 4;

let server: TestServer;

afterEach(() => server.stop());

test(`${KILLS} kills under load, seed ${SEED}`, { timeout: 120_000 + KILLS * 10_000 }, async () => {
  console.log(`crashes: SEED=${SEED} KILLS=${KILLS}`);
  const dice = new Dice(SEED);
  server = await startReferenceServer({
    ...NO_LIMITS,
    AURA_CONCURRENCY: '4',
    AURA_STREAM_MAX_MS: '5000',
    AURA_AUTH_API_KEYS: `ann:${KEYS.ann},bob:${KEYS.bob}`,
  });
  const { url } = server;
  const ledger: Ledger = new Map();
  const told: Told[] = [];
  const shown: Shown[] = [];

  const over = new AbortController();
  const work = (['ann', 'ann', 'bob'] as const).map((name, index) => {
    const own = dice.fork(index);
    let group: string[] = [];
    const onJob: ConstructorParameters<typeof User>[0]['onJob'] = (job) => {
      told.push(follow(url, own.pick(WAYS), name, [job.jobId]));
      if (own.chance(0.3)) shown.push(watch(url, job));
      group.push(job.jobId);
      if (group.length < GROUP) return;
      told.push(follow(url, 'stream', name, group));
      group = [];
    };
    return new User({ url, name, dice: own.fork(0), ledger, videos: 2, onJob }).work(over.signal);
  });
  const deaths = await Promise.race([
    carryOut(planOf(dice.fork(99), KILLS), server),
    Promise.all(work).then(() => expect.unreachable('the users do not end by themselves')),
  ]);
  over.abort();
  await Promise.all(work);

  for (const { jobId, owner, held, deleted } of ledger.values())
    if (held && !deleted) await insist(url, owner, { method: 'POST', path: `/api/jobs/${jobId}/release` });
  for (const job of ledger.values()) await vi.waitUntil(() => hasEnded(job), { timeout: 120_000, interval: 50 });
  const seen = await Promise.all(shown.map((one) => verdict.faultsOfWatcher(url, one)));
  await Promise.all(told.map(({ done }) => done));
  const logs = await verdict.readLogs(url, ledger);

  const faults = [...seen.flat(), ...verdict.faultsOfIds(logs)];
  for (const [jobId, log] of logs) faults.push(...verdict.faultsOfLog(jobId, log));
  for (const one of told) faults.push(...verdict.faultsOfReader(one, logs, ledger));
  for (const job of ledger.values())
    faults.push(...(await verdict.faultsOfPromises(url, job, logs.get(job.jobId)!, deaths)));
  faults.push(...verdict.faultsOfFolders(server, logs, ledger));
  const interrupted = [...logs.values()].filter((log) =>
    log.some(({ type, data }) => type === 'warning' && /interrupted/.test(String(data.message))),
  );
  console.log(
    `crashes: ${deaths.length} kills, ${ledger.size} jobs, ${interrupted.length} of them interrupted, ` +
      `${[...logs.values()].flat().length} events, ${told.length + shown.length} readers with ` +
      `${told.reduce((sum, { connections }) => sum + connections, 0)} connections`,
  );
  expect(faults).toEqual([]);
  expect(processesWith(server.dataDir)).toEqual([]);
  expect(deaths).toHaveLength(KILLS);
  expect(await server.terminate()).toBe(0);
});

async function hasEnded({ jobId, owner, deleted }: Acknowledged): Promise<boolean> {
  const { body } = await insist(server.url, owner, { method: 'GET', path: `/api/jobs/${jobId}` });
  return deleted === true || /Succeeded|Failed|Canceled/.test(body.status as string);
}
