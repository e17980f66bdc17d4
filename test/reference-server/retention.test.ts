/** What is kept, for how long, and what is left of it afterwards. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { LocalArtifactStore } from '../../reference-server/src/artifacts/local-artifact-store.ts';
import { Artifacts } from '../../reference-server/src/artifacts/artifacts.ts';
import { openDatabase } from '../../reference-server/src/engines/embedded/database.ts';
import { SqliteArtifactLedger } from '../../reference-server/src/engines/embedded/sqlite-artifact-ledger.ts';
import { SqliteEventLog } from '../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { SqliteJobStore } from '../../reference-server/src/engines/embedded/sqlite-job-store.ts';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import { parseJobRequest } from '../../reference-server/src/jobs/job-request.ts';
import { Workspaces } from '../../reference-server/src/jobs/workspaces.ts';
import { Retention } from '../../reference-server/src/retention/retention.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { as, startOwnedServer } from './owned-server.ts';
import type { Name } from './owned-server.ts';
import { openRawSocket } from './raw-socket.ts';
import { finished, logOf, simulate } from './simulated-jobs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a server that keeps little', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startReferenceServer({
      AURA_CONCURRENCY: '4',
      AURA_KEEP_HISTORY_MS: '1500',
      AURA_KEEP_ARTIFACTS_MS: '4000',
    });
  });
  afterAll(() => server.stop());

  const status = async (path: string) => (await call(server.url + path)).status;
  const gone = (jobId: string) => eventually(async () => (await status(`/api/jobs/${jobId}`)) === 404);

  test('AC-60: a job that ended long enough ago is 404 everywhere; one that runs or waits stays', async () => {
    const [running, held] = [
      await simulate(server, { events: 1_000_000, eventsPerSecond: 1, stallSeconds: 0 }),
      await simulate(server, { hold: true }),
    ];
    const { jobId, log } = await finished(server);
    expect(await status(`/api/jobs/${jobId}`)).toBe(200);
    await gone(jobId);

    for (const path of ['', '/events', '/events?wait=0', `/events?lastEventId=${log.at(-1)!.id}`, '/logs'])
      expect([path, await status(`/api/jobs/${jobId}${path}`)]).toEqual([path, 404]);
    expect(await (await openRawSocket(`${server.url}/api/jobs/${jobId}/ws`)).closed).toMatchObject({ code: 4404 });
    expect((await call(`${server.url}/api/jobs/${jobId}/retry`, 'POST')).status).toBe(404);
    expect((await call(`${server.url}/api/jobs?ids=${jobId}`)).body.jobs).toEqual([]);
    const { jobs } = (await call(`${server.url}/api/jobs`)).body;
    expect(jobs.map((job: { jobId: string }) => job.jobId).sort()).toEqual([running, held].sort());
    // Both are older than what has expired.
    expect(await status(`/api/jobs/${running}`)).toBe(200);
    expect(await status(`/api/jobs/${held}`)).toBe(200);
  });

  test('C-33: files are kept for longer than events, and go as well', async () => {
    const body = { brief: { topic: 'How tides work' }, planSpec: { targetDuration: '00:00:10' } };
    const small = { ...body, renderSpec: { res: { width: 256, height: 144 }, fps: 5 } };
    const { jobId } = (await call(`${server.url}/api/jobs`, 'POST', small)).body;
    await logOf(server, jobId);
    const video = `/artifacts/${jobId}/output.mp4`;
    await gone(jobId);
    expect(await status(video)).toBe(200);
    expect(await status(`/artifacts/${jobId}/other.mp4`)).toBe(404);
    await eventually(async () => (await status(video)) === 404);
    await eventually(async () => (await readdir(join(server.dataDir, 'artifacts'))).length === 0);
  });

  test('the workspace of a failed job goes with it', async () => {
    const { jobId } = await finished(server, { events: 10, eventsPerSecond: 0, failAt: 8 });
    expect(await readdir(join(server.dataDir, 'workspaces'))).toContain(jobId);
    await gone(jobId);
    await eventually(async () => !(await readdir(join(server.dataDir, 'workspaces'))).includes(jobId));
  });

  test('what was due while the server was down is swept at the start, and ids go on rising', async () => {
    const { jobId, log } = await finished(server);
    await server.kill();
    await mkdir(join(server.dataDir, 'workspaces', 'job-left-behind'), { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 1600));
    await server.restart();
    await gone(jobId);
    await eventually(async () => !(await readdir(join(server.dataDir, 'workspaces'))).includes('job-left-behind'));
    const later = (await finished(server)).log;
    const counter = (id: string | undefined) => Number(id!.split('-')[1]);
    expect(counter(later[0]!.id)).toBeGreaterThan(counter(log.at(-1)!.id));
  });
});

test('C-33: files that are kept for longer than their job can be deleted, by their owner', async () => {
  const server = await startOwnedServer({ AURA_KEEP_HISTORY_MS: '500' });
  try {
    const small = {
      brief: { topic: 'How tides work' },
      planSpec: { targetDuration: '00:00:10' },
      renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
    };
    const { jobId } = (await call(`${server.url}/api/jobs`, 'POST', small, as('ann'))).body;
    const remove = async (name: Name) =>
      (await call(`${server.url}/api/jobs/${jobId}`, 'DELETE', undefined, as(name))).status;
    const video = async () =>
      (await call(`${server.url}/artifacts/${jobId}/output.mp4`, 'HEAD', undefined, as('ann'))).status;
    await eventually(async () => (await video()) === 200);
    await eventually(
      async () => (await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, as('ann'))).status === 404,
    );

    expect([await remove('bob'), await video()]).toEqual([404, 200]);
    expect([await remove('ann'), await video()]).toEqual([204, 404]);
    expect(await remove('ann')).toBe(404);
  } finally {
    await server.stop();
  }
});

test('C-33: the hour counts from the last event, and the day from the files; a job without an end stays for ever', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aura-retention-'));
  const database = openDatabase(join(folder, 'aura.sqlite'));
  try {
    const [log, store, ledger] = [
      new SqliteEventLog(database),
      new SqliteJobStore(database),
      new SqliteArtifactLedger(database),
    ];
    const artifacts = new Artifacts(new LocalArtifactStore(join(folder, 'artifacts')), ledger);
    let clock = Date.now();
    const retention = new Retention({
      store,
      log,
      hub: new EventHub(log, { keepAliveMs: 10_000, maxAgeMs: 60_000 }),
      artifacts,
      workspaces: new Workspaces(join(folder, 'workspaces')),
      logger: pino({ level: 'silent' }),
      keepHistoryMs: HOUR,
      keepArtifactsMs: DAY,
      now: () => clock,
    });
    const request = parseJobRequest({ preset: 'simulated' });
    const rest = { ...request, correlationId: 'c-1', createdAt: clock - 10 * DAY, retryOf: null, attempt: 1 };
    for (const id of ['ended', 'running']) await store.create({ id, ownerId: 'local', ...rest }, undefined);
    const event = (type: string): JobEventDraft =>
      ({
        type,
        data: { status: 'Canceled', stage: 'TTS', message: '', correlationId: 'c-1' },
      }) as unknown as JobEventDraft;
    await log.append('running', [event('warning')]);
    await log.append('ended', [event('job-cancelled')]);
    await artifacts.publish({ id: 'ended', ownerId: 'local', correlationId: 'c-1' }, []);
    const left = async () => [
      (await store.get('ended')) !== undefined,
      (await log.read('ended', { limit: 9 })).length > 0,
      (await ledger.get('ended')) !== undefined,
    ];

    for (const [passed, expected] of [
      [HOUR - 5000, [true, true, true]],
      [HOUR + 5000, [false, false, true]],
      [DAY - 5000, [false, false, true]],
      [DAY + 5000, [false, false, false]],
      [100 * DAY, [false, false, false]],
    ] as const) {
      clock = Date.now() + passed;
      await retention.sweep();
      expect(await left()).toEqual(expected);
    }
    expect(await store.get('running')).toBeDefined();
    expect(await log.read('running', { limit: 9 })).toHaveLength(1);
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
});
