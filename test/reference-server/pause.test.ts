/** Pause and resume: finished stages are kept, nobody is told anything that is not so, and no crash changes it. */
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { cancel, finished, logOf, simulate } from './simulated-jobs.ts';

/** Long enough to be met at any point of it. */
const LONG = { events: 1_000_000, eventsPerSecond: 200 };

let server: TestServer;

beforeEach(async () => {
  server = await startReferenceServer({ AURA_ALLOW_PAUSE: '1', AURA_CONCURRENCY: '1' });
});

afterEach(() => server.stop());

const ask = (jobId: string, action: string): Promise<Answer> =>
  call(`${server.url}/api/jobs/${jobId}/${action}`, 'POST');
const stateOf = async (jobId: string) => (await call(`${server.url}/api/jobs/${jobId}`)).body;
const reaches = (jobId: string, status: string) =>
  eventually(async () => {
    const state = await stateOf(jobId);
    return state.status === status && state;
  });

async function running(inputs: object = LONG): Promise<string> {
  const jobId = await simulate(server, inputs);
  await reaches(jobId, 'Running');
  return jobId;
}

async function paused(): Promise<string> {
  const jobId = await running();
  expect((await ask(jobId, 'pause')).status).toBe(200);
  await reaches(jobId, 'Paused');
  return jobId;
}

const statusesIn = (log: readonly { type: string; data: Record<string, unknown> }[]) =>
  log.flatMap(({ type, data }) => (type === 'job-status' ? [data.status] : []));

test('a job rests, tells so, lets another one work, and goes on', async () => {
  const jobId = await running({ events: 800, eventsPerSecond: 200 });
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
  const answer = await ask(jobId, 'pause');
  expect(answer).toMatchObject({ status: 200, body: { success: true, jobId, message: expect.stringMatching(/\S/) } });
  await stream.until((frames) =>
    frames.some(({ data }) => (data as { status?: string } | undefined)?.status === 'Paused'),
  );
  const state = await stateOf(jobId);
  expect(state).toMatchObject({ status: 'Paused', queuePosition: null, completedAt: null });
  expect(state.logs.at(-1)).toMatch(/ Paused$/);
  expect(stream.events.at(-1)).toMatchObject({
    event: 'job-status',
    id: state.lastEventId,
    data: { status: 'Paused', stage: state.stage, percent: state.percent },
  });

  // Its worker is free.
  await finished(server);
  expect((await stateOf(jobId)).lastEventId).toBe(state.lastEventId);
  expect((await ask(jobId, 'resume')).status).toBe(200);
  await stream.ended;

  const log = await logOf(server, jobId);
  expect(statusesIn(log)).toEqual(['Queued', 'Running', 'Paused', 'Running', 'Succeeded']);
  expect(log.at(-1)!.type).toBe('job-completed');
  const steps = log.flatMap(({ type, data }) => (type === 'step-status' ? [data.step] : []));
  expect(steps).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
  const percents = log.flatMap(({ data }) => (data.percent === undefined ? [] : [Number(data.percent)]));
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(log.filter(({ type }) => type === 'warning')).toEqual([]);
  // How long the stage rested is no figure of how long stages take: the other job's alone is counted.
  const metrics: string = (await call(`${server.url}/metrics`)).body;
  expect(metrics).toContain(`aura_stage_seconds_count{stage="${state.stage}"} 1\n`);
  expect(metrics).toContain('aura_stage_seconds_count{stage="Rendering"} 2\n');
});

test('a client of the SDK sees it, and waits for the end', async () => {
  const client = new AuraClient({ baseUrl: server.url });
  const jobId = await running({ events: 400, eventsPerSecond: 400 });
  const watcher = client.watch(jobId);
  const { done } = watcher;
  expect((await ask(jobId, 'pause')).status).toBe(200);
  await eventually(() => watcher.snapshot?.status === 'Paused');
  await ask(jobId, 'resume');

  expect((await done).status).toBe('Succeeded');
});

describe('a real job', () => {
  test('paused while it is encoded ends its encoder, and does no finished stage again', async () => {
    const { body } = await call(`${server.url}/api/jobs`, 'POST', {
      brief: { topic: 'How tides work' },
      planSpec: { targetDuration: '00:00:20' },
      renderSpec: { res: '480p' },
    });
    const workspace = join(server.dataDir, 'workspaces', body.jobId);
    await eventually(() => processesWith(workspace).length > 0);
    expect((await ask(body.jobId, 'pause')).status).toBe(200);
    const { percent, stage } = await reaches(body.jobId, 'Paused');
    expect(processesWith(workspace)).toEqual([]);
    expect(stage).toBe('Rendering');
    await appendFile(join(workspace, 'Script', 'script.md'), '\nWritten while it was paused.\n');
    await ask(body.jobId, 'resume');
    const log = await logOf(server, body.jobId);

    expect(log.at(-1)).toMatchObject({ type: 'job-completed' });
    const goesOn = log.findLast(({ data }) => data.status === 'Running');
    expect(goesOn!.data).toMatchObject({ percent, stage });
    const script = await fetch(`${server.url}/artifacts/${body.jobId}/script.md`).then((response) => response.text());
    expect(script).toContain('Written while it was paused.');
  });
});

describe('a cancel', () => {
  test('ends a paused job, and its files are gone', async () => {
    const jobId = await paused();
    const workspace = join(server.dataDir, 'workspaces', jobId);
    expect(existsSync(workspace)).toBe(true);
    const answer = await ask(jobId, 'cancel');
    expect(answer).toMatchObject({ status: 202, body: { currentStatus: 'Paused', providerStatuses: [] } });
    const log = await logOf(server, jobId);

    expect(statusesIn(log)).toEqual(['Queued', 'Running', 'Paused', 'Canceled']);
    expect(log.at(-1)!.type).toBe('job-cancelled');
    expect(existsSync(workspace)).toBe(false);
    expect((await ask(jobId, 'resume')).body).toMatchObject({ code: 'NotResumable', currentStatus: 'Canceled' });
  });

  test('ends one that is paused while another works, and one that waits to go on', async () => {
    const [first, second] = [await paused(), await paused()];
    await running();
    await ask(second, 'resume');
    expect((await stateOf(second)).queuePosition).toBe(0);
    for (const jobId of [first, second]) {
      await cancel(server, jobId);
      expect((await logOf(server, jobId)).at(-1)!.type).toBe('job-cancelled');
      expect(existsSync(join(server.dataDir, 'workspaces', jobId))).toBe(false);
    }
  });

  test('at the same moment wins, in whichever order they come', async () => {
    for (let round = 0; round < 10; round++) {
      const jobId = await running();
      const actions = round % 2 === 0 ? ['pause', 'cancel'] : ['cancel', 'pause'];
      const answers = await Promise.all(actions.map((action) => ask(jobId, action)));
      expect(answers.map(({ status }) => status).filter((status) => ![200, 202, 409].includes(status))).toEqual([]);
      const log = await logOf(server, jobId);
      expect(log.filter(({ type }) => type === 'job-cancelled')).toHaveLength(1);
      expect((await stateOf(jobId)).status).toBe('Canceled');
    }
  });
});

describe('asked for again', () => {
  test('a pause is no fault, and one that waits to go on stays', async () => {
    const jobId = await paused();
    await running();
    expect((await ask(jobId, 'pause')).status).toBe(200);
    await ask(jobId, 'resume');
    expect(await stateOf(jobId)).toMatchObject({ status: 'Paused', queuePosition: 0 });
    expect((await ask(jobId, 'resume')).status).toBe(200);
    expect((await ask(jobId, 'pause')).status).toBe(200);
    expect(await stateOf(jobId)).toMatchObject({ status: 'Paused', queuePosition: null });
  });

  test('as often as one likes, one after the other, it does what was asked last', async () => {
    const jobId = await running();
    for (let round = 0; round < 10; round++) {
      expect((await ask(jobId, 'pause')).status).toBe(200);
      await reaches(jobId, 'Paused');
      expect((await ask(jobId, 'resume')).status).toBe(200);
      await reaches(jobId, 'Running');
    }
    expect((await ask(jobId, 'pause')).status).toBe(200);
    await reaches(jobId, 'Paused');
  });
});

test('a job in any other state is refused, with its state', async () => {
  const { jobId: ended } = await finished(server);
  const held = await simulate(server, { hold: true });
  const works = await running();
  for (const [jobId, action, code, currentStatus] of [
    [ended, 'pause', 'NotPausable', 'Succeeded'],
    [held, 'pause', 'NotPausable', 'Queued'],
    [ended, 'resume', 'NotResumable', 'Succeeded'],
    [held, 'resume', 'NotResumable', 'Queued'],
    [works, 'resume', 'NotResumable', 'Running'],
    ['job-0', 'pause', 'JobNotFound', undefined],
    ['job-0', 'resume', 'JobNotFound', undefined],
  ] as const) {
    const { status, body } = await ask(jobId, action);
    expect([action, status]).toEqual([action, code === 'JobNotFound' ? 404 : 409]);
    expect(body).toMatchObject({ code, ...(currentStatus && { currentStatus }) });
  }
});

describe('after SIGKILL', () => {
  test('a paused job is paused still, and goes on when it is told to', async () => {
    const jobId = await paused();
    const before = await stateOf(jobId);
    await server.kill();
    await server.restart();
    // Another job goes through the one worker: the paused one is not taken up.
    await finished(server);
    expect(await stateOf(jobId)).toEqual(before);
    expect((await ask(jobId, 'resume')).status).toBe(200);
    await reaches(jobId, 'Running');
    await cancel(server, jobId);
    const log = await logOf(server, jobId);
    expect(statusesIn(log)).toEqual(['Queued', 'Running', 'Paused', 'Running', 'Canceled']);
    expect(log.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  test('in the moment after the answer the job is paused all the same', async () => {
    const jobId = await running();
    expect((await ask(jobId, 'pause')).status).toBe(200);
    await server.kill();
    await server.restart();
    await reaches(jobId, 'Paused');
    expect((await ask(jobId, 'resume')).status).toBe(200);
    await reaches(jobId, 'Running');
  });

  test('a job that was told to go on does', async () => {
    const jobId = await paused();
    await running();
    await ask(jobId, 'resume');
    await server.kill();
    server.environment.AURA_CONCURRENCY = '2';
    await server.restart();
    await reaches(jobId, 'Running');
  });
});

test('without the option nothing rests, and the answer names it', async () => {
  const own = await startReferenceServer();
  try {
    const jobId = await simulate(own, LONG);
    for (const action of ['pause', 'resume']) {
      const { status, body } = await call(`${own.url}/api/jobs/${jobId}/${action}`, 'POST');
      expect([status, body.code, body.detail]).toEqual([
        404,
        'NotFound',
        expect.stringContaining('AURA_ALLOW_PAUSE=1'),
      ]);
    }
  } finally {
    await own.stop();
  }
});
