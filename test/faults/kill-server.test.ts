/** The server is killed in the middle of a real job: the same watcher sees the job end, and no finished stage is done twice. */
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { CreateJobRequest, StageName } from '@aura-jobs/sdk';
import { openRawStream } from '../support/raw-stream.ts';
import { processesWith } from '../support/processes.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { eventually } from '../support/eventually.ts';

let server: TestServer;

afterEach(() => server.stop());

test.each<StageName>(['Visuals', 'Rendering'])('SIGKILL while %s runs', async (stage) => {
  server = await startReferenceServer();
  const client = new AuraClient({ baseUrl: server.url });
  const { jobId } = await client.jobs.create({
    brief: { topic: 'How tides work' },
    planSpec: { targetDuration: '00:00:30' },
  });
  const watcher = client.watch(jobId);
  const done = watcher.done;
  const percents: number[] = [];
  watcher.subscribe(() => percents.push(watcher.snapshot?.percent ?? 0));
  await eventually(() => watcher.snapshot?.steps.find(({ name }) => name === stage)?.status === 'Running');

  const workspace = join(server.dataDir, 'workspaces', jobId);
  if (stage === 'Rendering') await eventually(() => processesWith(workspace).length > 0);
  const encoders = processesWith(workspace);
  await server.kill();
  await appendFile(join(workspace, 'Script', 'script.md'), '\nThis line was written after the crash.\n');
  await server.restart();
  // An encoder cannot die with its server, so the next one ends it before it begins again.
  await eventually(() => !processesWith(workspace).some((line) => encoders.includes(line)));
  expect(watcher.snapshot!.status).toBe('Running');
  const job = await done;

  expect(job).toMatchObject({ status: 'Succeeded', percent: 100 });
  expect(job.warnings).toMatchObject([{ step: stage, message: expect.stringContaining('interrupted') }]);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  const script = await fetch(`${server.url}/artifacts/${jobId}/script.md`).then((response) => response.text());
  expect(script).toContain('This line was written after the crash.');
  const log = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await log.ended;
  const started = log.events.flatMap(({ event, data }) =>
    event === 'step-status' ? [(data as { step: string }).step] : [],
  );
  expect(started).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
  const ids = log.events.map(({ id }) => id!.split('-').map(Number) as [number, number]);
  expect(ids.every(([ms, counter], i) => i === 0 || (ms >= ids[i - 1]![0] && counter > ids[i - 1]![1]))).toBe(true);
  expect(processesWith(workspace)).toEqual([]);
});

test('a job that was killed with its server and is cancelled while it waits for its turn leaves no encoder and no files', async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '2' });
  const client = new AuraClient({ baseUrl: server.url });
  const request = { preset: 'simulated', inputs: { seconds: 600, eventsPerSecond: 1 } };
  const first = await client.jobs.create(request as unknown as CreateJobRequest);
  const { jobId } = await client.jobs.create({
    brief: { topic: 'How tides work' },
    planSpec: { targetDuration: '00:01:00' },
  });
  const workspace = join(server.dataDir, 'workspaces', jobId);
  await eventually(() => processesWith(workspace).length > 0);
  await server.kill();
  expect(processesWith(workspace)).not.toEqual([]);
  server.environment.AURA_CONCURRENCY = '1';
  await server.restart();

  await client.jobs.cancel(jobId);
  let left: unknown;
  for await (const { type } of client.events(jobId))
    if (type === 'job-cancelled') left = [processesWith(workspace), existsSync(workspace)];

  expect(left).toEqual([[], false]);
  expect(await client.jobs.get(first.jobId)).toMatchObject({ status: 'Running' });
});
