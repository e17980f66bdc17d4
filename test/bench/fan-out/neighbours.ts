/** How late a few readers get their events beside many others that are slow, or that read another job. */
import { startReference } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { gather, percentile } from './crowd.ts';
import { median } from '../measure.ts';

const ROUNDS = 3;
const PER_SECOND = 400;
const SECONDS = 5;

/** @returns ms within which 99 of 100 events reach twenty readers of a job */
type Case = (server: Contestant) => Promise<number>;

const CASES: Readonly<Record<string, Case>> = {
  'nobody else': async (server) => {
    const job = await server.prepare(PER_SECOND * SECONDS, PER_SECOND);
    const few = gather({ url: job.url, count: 20, sampleEvery: 1 });
    await few.open;
    await job.start();
    return lateness(few);
  },
  '1,000 that never read (wanted: under 2)': (server) => besideStalled(server, 'later'),
  '1,000 that never read and came later': (server) => besideStalled(server, 'first'),
  '5,000 of another job': async (server) => {
    const [job, other] = [
      await server.prepare(PER_SECOND * SECONDS, PER_SECOND),
      await server.prepare(20 * SECONDS, 20),
    ];
    const many = gather({ url: other.url, count: 5000 });
    const few = gather({ url: job.url, count: 20, sampleEvery: 1 });
    await Promise.all([many.open, few.open]);
    await Promise.all([other.start(), job.start()]);
    const late = await lateness(few);
    await many.done;
    await many.leave();
    return late;
  },
};

/**
 * From the first event on, when the sockets of those who do not read still take in everything.
 *
 * @param come whether the few come before the others or after them
 */
async function besideStalled(server: Contestant, come: 'first' | 'later'): Promise<number> {
  const job = await server.prepare(PER_SECOND * SECONDS, PER_SECOND);
  const open = async (options: { count: number; sampleEvery?: number; stall?: boolean }) => {
    const crowd = gather({ url: job.url, ...options });
    await crowd.open;
    return crowd;
  };
  const few = { count: 20, sampleEvery: 1 };
  const first = come === 'first' ? await open(few) : undefined;
  const stalled = await open({ count: 1000, stall: true });
  const readers = first ?? (await open(few));
  await job.start();
  const late = await lateness(readers);
  await stalled.leave();
  return late;
}

async function lateness(few: ReturnType<typeof gather>): Promise<number> {
  const { latencies } = await few.done;
  await few.leave();
  return percentile(latencies, 0.99);
}

export async function benchNeighbours(): Promise<string> {
  const late = new Map(Object.keys(CASES).map((name): [string, number[]] => [name, []]));
  const server = await startReference();
  try {
    for (let round = -1; round < ROUNDS; round++)
      for (const [name, run] of Object.entries(CASES)) {
        const p99 = await run(server);
        if (round >= 0) late.get(name)!.push(p99);
      }
  } finally {
    await server.stop();
  }
  const medians = [...late].map(([name, all]) => [name, median(all)] as const);
  const [, alone] = medians[0]!;
  return [
    `p99 latency of 20 readers of a job with ${PER_SECOND} events/s, beside`,
    ...medians.map(([name, p99]) => `  ${name.padEnd(40)} ${(p99 / alone).toFixed(2)} × (${p99.toFixed(1)} ms)`),
    '',
  ].join('\n');
}
