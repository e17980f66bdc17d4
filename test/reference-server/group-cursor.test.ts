/** Whatever the jobs and the reader do, ids never fall on one stream and nothing is missing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { openDatabase } from '../../reference-server/src/engines/embedded/database.ts';
import { SqliteEventLog } from '../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import type { Batch } from '../../reference-server/src/events/frame.ts';
import { JobGroup } from '../../reference-server/src/events/job-group.ts';
import type { Ending, Sink, SinkListener } from '../../reference-server/src/events/sink.ts';
import { eventually } from '../support/eventually.ts';

const WARNING: JobEventDraft = { type: 'warning', data: { message: 'w', step: 'Script', correlationId: 'c' } };
const endOf = (jobId: string): JobEventDraft => ({
  type: 'job-cancelled',
  data: { status: 'Cancelled', jobId, stage: 'Script', message: '', correlationId: 'c' },
});

/** A reader that is ready again when its test says so. */
class SlowSink implements Sink {
  readonly ids: string[] = [];
  ending: Ending | undefined;
  ready = true;
  #listener: SinkListener | undefined;

  open(listener: SinkListener): void {
    this.#listener = listener;
  }

  write({ frames }: Batch): boolean {
    this.ids.push(...frames.map(({ id }) => id!));
    return this.ready;
  }

  keepAlive(): boolean {
    return true;
  }

  end(ending: Ending): void {
    this.ending = ending;
    this.#listener!.closed();
  }

  drain(): void {
    this.#listener!.drained();
  }
}

/** How many events of which job are logged at once. */
type Burst = readonly [job: number, events: number];

const bursts = fc.array(fc.tuple(fc.nat(2), fc.constantFrom(1, 2, 5, 100, 1000)), { maxLength: 6 });
const turn = fc.record({ bursts, ready: fc.boolean() });

async function play(
  log: SqliteEventLog,
  history: readonly (readonly Burst[])[],
  turns: readonly { readonly bursts: readonly Burst[]; readonly ready: boolean }[],
) {
  const jobIds = ['a', 'b', 'c'].map((name) => `${name}-${Math.random()}`);
  const ids: string[] = [];
  const append = async (jobId: string, events: JobEventDraft[]): Promise<void> => {
    ids.push(...(await log.append(jobId, events)).map(({ id }) => id));
  };
  const logAtOnce = (some: readonly Burst[]) =>
    Promise.all(
      some.map(([job, events]) =>
        append(
          jobIds[job]!,
          Array.from({ length: events }, () => WARNING),
        ),
      ),
    );
  for (const some of [[[0, 1]] as const, ...history]) await logAtOnce(some);

  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
  const sink = new SlowSink();
  await hub.withChannels(jobIds, async (channels) =>
    hub.serve({ sink, source: new JobGroup(channels, 'c'), start: { from: 'log', after: ids[0] } }),
  );
  for (const { bursts: some, ready } of turns) {
    sink.ready = ready;
    const logged = logAtOnce(some);
    if (ready) sink.drain();
    await logged;
  }
  await Promise.all(jobIds.map((jobId) => append(jobId, [endOf(jobId)])));
  sink.ready = true;
  sink.drain();
  await eventually(() => sink.ending);
  return { sink, log: ids.sort(compareEventIds).slice(1) };
}

test('200 schedules of bursts of three jobs, before and while they are read, at any pace', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`schedules from seed ${seed}; SEED=${seed} plays them again`);
  const folder = await mkdtemp(join(tmpdir(), 'aura-group-'));
  const database = openDatabase(join(folder, 'aura.sqlite'));
  database.exec('PRAGMA synchronous = OFF');
  try {
    const events = new SqliteEventLog(database);
    await fc.assert(
      fc.asyncProperty(fc.array(bursts, { maxLength: 4 }), fc.array(turn, { maxLength: 8 }), async (history, turns) => {
        const { sink, log } = await play(events, history, turns);
        expect(sink.ids).toEqual(log);
        expect(sink.ending).toBe('complete');
      }),
      { numRuns: 200, seed },
    );
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
});
