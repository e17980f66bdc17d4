/** AC-23: whatever stage a real job is cancelled in, nothing of it is left when `job-cancelled` arrives. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobEvent, StageName } from '@aura-jobs/sdk';
import { processesWith } from '../support/processes.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

let server: TestServer;
let client: AuraClient;

beforeAll(async () => {
  server = await startReferenceServer();
  client = new AuraClient({ baseUrl: server.url });
});

afterAll(() => server.stop());

// Long enough that the stage is as a rule still at work when the request arrives.
const DURATION: Record<StageName, string> = {
  Script: '00:30:00',
  TTS: '00:05:00',
  Visuals: '00:01:00',
  Composition: '00:10:00',
  Rendering: '00:00:30',
};

/** Some stages take milliseconds, so a request may come when the next one has begun: then the job is tried again. */
const TRIES = 10;

test.each(Object.entries(DURATION) as [StageName, string][])('cancel in %s', async (stage, targetDuration) => {
  const ends: string[] = [];
  for (let attempt = 0; attempt < TRIES && ends.at(-1) !== stage; attempt++) {
    ends.push(await cancelIn(stage, targetDuration));
  }

  expect(ends.at(-1)).toBe(stage);
});

/** Cancels a new job as soon as `stage` begins, and checks what is left. @returns the stage it was cancelled in */
async function cancelIn(stage: StageName, targetDuration: string): Promise<string> {
  const { jobId } = await client.jobs.create({ brief: { topic: 'How tides work' }, planSpec: { targetDuration } });
  const workspace = join(server.dataDir, 'workspaces', jobId);
  const artifacts = join(server.dataDir, 'artifacts', jobId);
  const started: string[] = [];
  let left: unknown;
  let last: JobEvent | undefined;

  for await (const event of client.events(jobId, { replay: 'all' })) {
    last = event;
    if (event.type === 'step-status') {
      started.push(event.data.step);
      if (event.data.step === stage) await client.jobs.cancel(jobId);
    }
    if (event.type === 'job-cancelled') {
      left = { workspace: existsSync(workspace), processes: processesWith(jobId), artifacts: existsSync(artifacts) };
    }
  }

  expect(last).toMatchObject({ type: 'job-cancelled', data: { status: 'Cancelled', stage: started.at(-1) } });
  expect(left).toEqual({ workspace: false, processes: [], artifacts: false });
  expect(await client.jobs.get(jobId)).toMatchObject({ status: 'Canceled', stage: started.at(-1) });
  return started.at(-1)!;
}
