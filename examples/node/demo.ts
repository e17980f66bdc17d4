/** Makes one real video from the command line: starts the reference server and drives it with the SDK over HTTP. */
import { join, relative } from 'node:path';
import { AuraClient, isAuraError } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { createServer, readConfig } from '@aura-jobs/reference-server';
import { readOptions, USAGE, UsageError } from './demo-options.ts';
import type { DemoOptions } from './demo-options.ts';
import { createProgressView } from './progress-view.ts';
import type { ProgressView } from './progress-view.ts';

const EXIT_CANCELLED = 130;

async function main(options: DemoOptions): Promise<number> {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const config = readConfig({ AURA_DATA_DIR: join('.aura', 'demo'), ...process.env, PORT: '0' });
  const server = await createServer(config);
  const client = new AuraClient({ baseUrl: await server.listen() });
  const view = createProgressView(process.stderr);
  try {
    const jobId = await start(client, options);
    cancelOnInterrupt(client, jobId, view);
    return report(await follow(client, jobId, view, options), join(config.dataDir, 'artifacts'), options);
  } finally {
    await server.close();
  }
}

async function start(client: AuraClient, { topic, duration }: DemoOptions): Promise<string> {
  try {
    const { jobId } = await client.jobs.create({ brief: { topic }, planSpec: { targetDuration: duration } });
    return jobId;
  } catch (error) {
    if (isAuraError(error) && error.code === 'InvalidInput')
      throw new UsageError(error.problem?.detail ?? error.message);
    throw error;
  }
}

interface Ended {
  readonly job: JobSnapshot;
  readonly events: number;
}

/** Shows the job until it has ended, whichever way. */
async function follow(
  client: AuraClient,
  jobId: string,
  view: ProgressView,
  { json, topic }: DemoOptions,
): Promise<Ended> {
  if (!json) view.note(`Making a video about "${topic}" (job ${jobId}). Ctrl-C cancels it.`);
  let events = 0;
  const stopCounting = client.subscribe(jobId, { onEvent: () => events++ });
  let job: JobSnapshot | undefined;
  for await (job of client.watch(jobId)) if (!json) view.show(job);
  stopCounting();
  return { job: job!, events };
}

/** @returns the exit code */
function report({ job, events }: Ended, artifacts: string, { json }: DemoOptions): number {
  const fileOf = (path: string | undefined) => (path ? join(artifacts, job.jobId, path.split('/').pop()!) : null);
  const { output } = job;
  if (json) {
    console.log(
      JSON.stringify({
        jobId: job.jobId,
        status: job.status,
        videoPath: fileOf(output?.videoPath),
        subtitlePath: fileOf(output?.subtitlePath),
        durationSeconds: output?.durationSeconds ?? null,
        events,
      }),
    );
  } else if (job.status === 'Succeeded') {
    console.log(`\nYour video is ready (${output?.durationSeconds?.toFixed(1)} s):`);
    const files = job.artifacts
      .filter(({ name }) => /^(output|subtitles)\./.test(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const { path } of files) console.log(`  ${relative('.', fileOf(path)!)}`);
  }
  for (const { code, message, remediation } of job.errors)
    process.stderr.write(`\n${code}: ${message}\n${remediation}\n`);
  if (job.status === 'Canceled') process.stderr.write('\nThe job was cancelled; nothing is left of it.\n');
  if (job.status === 'Succeeded') return 0;
  return job.status === 'Canceled' ? EXIT_CANCELLED : 1;
}

/** The first Ctrl-C asks the server to stop; the second ends the process at once. */
function cancelOnInterrupt(client: AuraClient, jobId: string, view: ProgressView): void {
  process.once('SIGINT', () => {
    view.note('\nCancelling…');
    client.jobs.cancel(jobId).catch((error: Error) => view.note(error.message));
  });
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${error instanceof UsageError ? `${USAGE}\n` : ''}`);
  process.exitCode = 1;
}
