/** One server and many readers: bursts, a steady job, a reconnect storm, readers of a silent job. Ratios to the bare server. */
import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds, residentBytes, startBare, startReference } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { gather, percentile } from './crowd.ts';
import { median } from '../measure.ts';

type Figures = Readonly<Record<string, number>>;
type Contest = (contestant: Contestant) => Promise<Figures>;

/** A burst to readers that are all there. */
const burst =
  (readers: number, events: number): Contest =>
  async (contestant) => {
    const job = await contestant.prepare(events, 0);
    const crowd = gather({ url: job.url, count: readers });
    await crowd.open;
    const cpu = cpuSeconds(contestant.pid);
    const start = performance.now();
    await job.start();
    await crowd.done;
    const seconds = (performance.now() - start) / 1000;
    const cpuUsed = cpuSeconds(contestant.pid) - cpu;
    await crowd.leave();
    const delivered = events * readers;
    return { 'events/s': delivered / seconds, 'CPU µs per event': (cpuUsed * 1e6) / delivered };
  };

/** A job that speaks steadily. */
const steady =
  (readers: number, perSecond: number, seconds: number): Contest =>
  async (contestant) => {
    const job = await contestant.prepare(perSecond * seconds, perSecond);
    const crowd = gather({ url: job.url, count: readers, sampleEvery: 10 });
    await crowd.open;
    const cpu = cpuSeconds(contestant.pid);
    await job.start();
    const { latencies } = await crowd.done;
    const cpuUsed = cpuSeconds(contestant.pid) - cpu;
    await crowd.leave();
    return {
      'p50 ms': percentile(latencies, 0.5),
      'p99 ms': percentile(latencies, 0.99),
      'CPU µs per event': (cpuUsed * 1e6) / (readers * perSecond * seconds),
    };
  };

/** Everybody comes back at once and has missed much, while others read on. */
const storm =
  (readers: number, missed: number): Contest =>
  async (contestant) => {
    const past = await contestant.prepare(missed, 0);
    await past.start();
    // To its end.
    await (await fetch(past.url, { headers: { 'last-event-id': past.cursor } })).text();
    const live = await contestant.prepare(200, 20);
    const others = gather({ url: live.url, count: 20, sampleEvery: 1 });
    await others.open;
    await live.start();
    await delay(1000);
    const before = residentBytes(contestant.pid);
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentBytes(contestant.pid))), 10);
    const start = performance.now();
    const crowd = gather({ url: past.url, count: readers, lastEventId: past.cursor, atOnce: readers });
    await crowd.open;
    await crowd.done;
    const ms = performance.now() - start;
    clearInterval(watch);
    const { latencies } = await others.done;
    await Promise.all([crowd.leave(), others.leave()]);
    return {
      'ms until all have caught up': ms,
      'MB of memory more': (peak - before) / 1e6,
      'p99 ms of the others': percentile(latencies, 0.99),
    };
  };

/** Readers of a job that says nothing. */
const idle =
  (readers: number): Contest =>
  async (contestant) => {
    const job = await contestant.prepare(1, 0);
    // What the first ones bring about stays, and is not theirs.
    const first = gather({ url: job.url, count: 2000, atOnce: 16 });
    await first.open;
    const before = residentBytes(contestant.pid);
    const crowd = gather({ url: job.url, count: readers, atOnce: 16 });
    await crowd.open;
    const each = (residentBytes(contestant.pid) - before) / readers / 1000;
    await job.start();
    await Promise.all([first.done, crowd.done]);
    await Promise.all([first.leave(), crowd.leave()]);
    return { 'kB per idle reader': each };
  };

interface Plan {
  readonly name: string;
  readonly contest: Contest;
  readonly rounds: number;
  /** Compared as well with a server that says a whole burst in one turn of its event loop. */
  readonly atOnce?: boolean;
  /** Each round has new processes, because memory that was once used is used again. @defaultValue a round warms up */
  readonly fresh?: boolean;
}

const PLANS: readonly Plan[] = [
  {
    name: 'a burst of 200 events to 1,000 readers (wanted: 3 × events/s, 0.35 × CPU)',
    contest: burst(1000, 200),
    rounds: 5,
    atOnce: true,
  },
  { name: '5,000 readers of 20 events/s (wanted: 0.8 × p99)', contest: steady(5000, 20, 10), rounds: 3 },
  {
    name: '1,000 readers come back for 1,000 events (wanted: 1.1 × time, 1.3 × memory, others under 100 ms)',
    contest: storm(1000, 1000),
    rounds: 3,
    fresh: true,
  },
  { name: '5,000 readers of a silent job (wanted: 1.2 × memory)', contest: idle(5000), rounds: 3, fresh: true },
];

/** @param only the contests whose name holds this */
export async function benchFanOut(only = ''): Promise<string> {
  const tables: string[] = [];
  for (const plan of PLANS) if (plan.name.includes(only)) tables.push(table(plan.name, await compare(plan)));
  return tables.join('\n');
}

async function compare({ contest, rounds, atOnce, fresh }: Plan): Promise<Map<string, Figures[]>> {
  const start = async (): Promise<Contestant[]> => [
    await startBare(),
    ...(atOnce ? [await startBare({ atOnce })] : []),
    await startReference(),
  ];
  const figures = new Map<string, Figures[]>();
  let contestants = await start();
  try {
    for (let round = fresh ? 0 : -1; round < rounds; round++) {
      for (const contestant of contestants) {
        const measured = await contest(contestant);
        if (round >= 0) figures.set(contestant.name, [...(figures.get(contestant.name) ?? []), measured]);
      }
      if (!fresh || round + 1 === rounds) continue;
      await Promise.all(contestants.map((contestant) => contestant.stop()));
      contestants = await start();
    }
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.stop()));
  }
  return figures;
}

function table(name: string, figures: ReadonlyMap<string, readonly Figures[]>): string {
  const rows = [...figures].map(([contestant, all]) => ({
    contestant,
    medians: Object.keys(all[0]!).map((key) => [key, median(all.map((one) => one[key]!))] as const),
  }));
  const yardstick = rows[0]!.medians;
  return [
    name,
    ...rows.map(({ contestant, medians }) => {
      const cells = medians.map(([key, value], n) => {
        const ratio = (value / yardstick[n]![1]).toFixed(2);
        return `${ratio.padStart(6)} × ${key} (${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')})`;
      });
      return `  ${contestant.padEnd(26)} ${cells.join('  ')}`;
    }),
    '',
  ].join('\n');
}
