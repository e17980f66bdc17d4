/** How the cost grows with readers and with jobs: CPU time of the reference server, and the slope of the line through it. */
import { writeFile } from 'node:fs/promises';
import { cpuSeconds, startReference } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { gather } from './crowd.ts';
import { plot, slope } from './plot.ts';
import type { Line } from './plot.ts';

const EVENTS = 100;
const READERS = [100, 1000, 10_000];
const JOBS = [10, 100, 1000];
/** Of each job: readers, events, and events per second. */
const PER_JOB = [2, 20, 4] as const;

/** CPU seconds for a burst to so many readers. */
async function burstTo(server: Contestant, readers: number): Promise<number> {
  const job = await server.prepare(EVENTS, 0);
  const crowd = gather({ url: job.url, count: readers });
  await crowd.open;
  const cpu = cpuSeconds(server.pid);
  await job.start();
  await crowd.done;
  const used = cpuSeconds(server.pid) - cpu;
  await crowd.leave();
  return used;
}

/** CPU seconds for so many jobs that run side by side, from the creation of the first to the end of the last. */
async function runJobs(server: Contestant, count: number): Promise<number> {
  const [readers, events, perSecond] = PER_JOB;
  const cpu = cpuSeconds(server.pid);
  const jobs = [];
  for (let n = 0; n < count; n++) jobs.push(await server.prepare(events, perSecond));
  const crowd = gather({ urls: jobs.map(({ url }) => url), count: count * readers });
  await crowd.open;
  for (const job of jobs) await job.start();
  await crowd.done;
  const used = cpuSeconds(server.pid) - cpu;
  await crowd.leave();
  return used;
}

/** @param picture where the plot is written to @returns a table as text */
export async function benchGrowth(picture: string): Promise<string> {
  const server = await startReference({ AURA_CONCURRENCY: '1000' });
  const measure = async (sizes: readonly number[], run: (server: Contestant, size: number) => Promise<number>) => {
    const points: [number, number][] = [];
    for (const size of sizes) points.push([size, await run(server, size)]);
    return points;
  };
  try {
    await burstTo(server, 100);
    const lines: Line[] = [
      { name: `readers of a burst of ${EVENTS} events`, points: await measure(READERS, burstTo) },
      { name: `jobs of ${PER_JOB[1]} events with ${PER_JOB[0]} readers each`, points: await measure(JOBS, runJobs) },
    ];
    await writeFile(picture, plot(lines, 'CPU seconds of the server'));
    return [
      `growth of the cost (slope 1 is linear; written to ${picture})`,
      ...lines.map(({ name, points }) => {
        const cells = points.map(([size, seconds]) => `${size.toLocaleString('en')}: ${seconds.toFixed(2)} s`);
        return `  ${name.padEnd(44)} ${cells.join('  ')}  slope ${slope(points).toFixed(2)}`;
      }),
      '',
    ].join('\n');
  } finally {
    await server.stop();
  }
}
