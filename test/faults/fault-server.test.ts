/** A server at its worst, by chance and over real HTTP: whatever it does, the reader's list is the log and its state the log's fold. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient, JobCanceledError, JobFailedError } from '@aura-jobs/sdk';
import type { JobEvent, JobSnapshot } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import { recordedJob, scheduleOf, WELL } from '../support/fault-plan.ts';
import type { LogEntry, Plan } from '../support/fault-plan.ts';
import { foldOf, startFaultServer } from '../support/fault-server.ts';
import type { FaultServer, PlayedJob } from '../support/fault-server.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const ROUNDS = Number(process.env.ROUNDS ?? 1);
/** Schedules that are played at the same time. */
const LANES = 25;

const FAST = { initialDelayMs: 0, maxDelayMs: 1, maxAttempts: Infinity };

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
  console.log(`schedules from seed ${SEED}; SEED=${SEED} plays them again`);
});

afterAll(() => server.close());

/** Plays `count` random plans; the smallest one that fails is told. */
async function playAll(
  count: number,
  schedule: Parameters<typeof scheduleOf>[0],
  check: (plan: Plan) => Promise<void>,
  lanes = LANES,
): Promise<void> {
  const plan = fc.record({ log: recordedJob, schedule: scheduleOf(schedule) });
  const numRuns = Math.ceil((count * ROUNDS) / lanes);
  const lane = (_: unknown, n: number): Promise<void> =>
    fc.assert(fc.asyncProperty(plan, check), { numRuns, seed: SEED + n });
  await Promise.all(Array.from({ length: lanes }, lane));
}

function clientFor(job: PlayedJob): AuraClient {
  return new AuraClient({
    baseUrl: server.url,
    getToken: () => job.token,
    retry: FAST,
  });
}

const toLine = ({ id, type, data }: LogEntry): string => `${id} ${type} ${JSON.stringify(data)}`;

async function read(events: AsyncIterable<JobEvent>, list: string[] = []): Promise<string[]> {
  // What has no id is not in the log: signs of life, words of the server.
  for await (const { id, type, raw } of events)
    if (id) list.push(toLine({ id, type, data: JSON.parse(raw!) as object }));
  return list;
}

/** How the job ended, in whatever way. */
async function finalState(client: AuraClient, jobId: string): Promise<JobSnapshot> {
  return client.watch(jobId).done.catch((error: unknown) => {
    if (error instanceof JobFailedError || error instanceof JobCanceledError) return error.snapshot;
    throw error;
  });
}

describe('cuts, resets, refusals, expired tokens, echoes, noise', () => {
  test('6,000 schedules: the list of events is the log', async () => {
    await playAll(6000, {}, async (plan) => {
      const job = server.play(plan);

      expect(await read(clientFor(job).events(job.jobId, { replay: 'all' }))).toEqual(plan.log.map(toLine));
    });
  });

  test('3,000 schedules: the final state is the fold of the log', async () => {
    await playAll(3000, {}, async (plan) => {
      const job = server.play(plan);

      expect(await finalState(clientFor(job), job.jobId)).toEqual(foldOf(job.jobId, plan.log));
    });
  });
});

describe('a server that loses history', () => {
  const forgetful = { forgets: fc.boolean() };

  test('1,000 schedules: after each resync a new telling begins, and each telling is a piece of the log', async () => {
    await playAll(1000, forgetful, async (plan) => {
      const job = server.play(plan);
      const tellings: JobEvent[][] = [[]];
      for await (const event of clientFor(job).events(job.jobId, { replay: 'all' })) {
        if (event.type === 'resync') tellings.push([]);
        else if (event.id) tellings.at(-1)!.push(event);
      }

      tellings.forEach((telling, n) => expectPiece(plan.log, telling, { greeted: n > 0 }));
      expect(tellings.at(-1)!.at(-1)!.id).toBe(plan.log.at(-1)!.id);
    });
  });

  test('1,000 schedules: the final state is the fold of the log', async () => {
    await playAll(1000, forgetful, async (plan) => {
      const job = server.play(plan);

      expect(await finalState(clientFor(job), job.jobId)).toEqual(foldOf(job.jobId, plan.log));
    });
  });
});

test('500 schedules of connections that fall silent: the watchdog lets go of them, and the list of events is the log', async () => {
  const silent = { cut: fc.constantFrom('stall', 'end'), bytes: fc.nat(1500), echoes: fc.constant([]) } as const;
  const check = async (plan: Plan): Promise<void> => {
    const job = server.play(plan);
    const list: string[] = [];
    await new Promise<void>((resolve, reject) => {
      connectEventStream(`${server.url}/api/jobs/${job.jobId}/events?replay=all`, {
        headers: () => ({ authorization: `Bearer ${job.token}` }),
        retry: FAST,
        // Long enough for a machine that is busy to answer in.
        silenceTimeoutMs: 400,
        onEvent: ({ type, data, id }) => void (id && list.push(toLine({ id, type, data: JSON.parse(data) as object }))),
        onStateChange: (state) => {
          if (state.status === 'failed') reject(state.error);
          if (state.status === 'closed') resolve();
        },
      });
    });

    expect(list).toEqual(plan.log.map(toLine));
  };
  // They wait for nothing but time, so many can do it together.
  await playAll(500, silent, check, 125);
});

test('500 schedules that end at a login page: the error says so, and what was read until then is how the log begins', async () => {
  await playAll(500, {}, async ({ log: recorded, schedule }) => {
    // More than can happen in a schedule, so the job does not end before it.
    const more = Array.from({ length: 40 }, (_, n) => ({ id: `1800000000000-${n}`, type: 'warning', data: {} }));
    const log = [...recorded.slice(0, -1), ...more];
    const job = server.play({ log, schedule: [...schedule, { ...WELL, answer: 'portal' }] });
    const list: string[] = [];

    await expect(read(clientFor(job).events(job.jobId, { replay: 'all' }), list)).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'WrongContentType',
    });
    expect(list).toEqual(log.slice(0, list.length).map(toLine));
    expect(job.requests).toBe(schedule.length + 1);
  });
});

/**
 * One telling: at first, after a resync, up to three events that say the current state, each kind once; then the log
 * without a gap. Nothing is invented, told twice or out of order.
 */
function expectPiece(log: readonly LogEntry[], telling: readonly JobEvent[], { greeted }: { greeted: boolean }): void {
  const places = telling.map(({ id }) => log.findIndex((entry) => entry.id === id));
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  // From the end back to where the log has a gap.
  let start = places.length - 1;
  while (start > 0 && places[start - 1] === places[start]! - 1) start--;
  const greeting = telling.slice(0, Math.max(0, start)).map(({ type }) => type);
  expect(new Set(greeting).size).toBe(greeting.length);
  expect(['job-status', 'step-status', 'step-progress']).toEqual(expect.arrayContaining(greeting));
  if (greeted && telling.length > 0) expect(telling[0]!.type).toBe('job-status');
  if (!greeted && telling.length > 0) expect(places[start]).toBe(0);
  const rest = telling.slice(start).filter(({ type }) => type !== 'job-status');
  for (const { id, type, raw } of rest)
    expect(log.map(toLine)).toContain(toLine({ id: id!, type, data: JSON.parse(raw!) as object }));
}
