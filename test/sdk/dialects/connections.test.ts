/** What a robust client does about streams of other backends: the rows of table 3.4 about connections, each over real HTTP. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { AuraClient, JobFailedError } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { eventually } from '../../support/eventually.ts';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer;

afterEach(() => server.close());

/** @param state what `GET` answers once `streams` streams were opened */
async function serve(
  state: (streams: number) => object,
  onStream: (response: ServerResponse, n: number) => void,
): Promise<AuraClient> {
  let streams = 0;
  server = await startScriptedServer(({ url }, response) => {
    if (url!.includes('/events')) onStream(response, ++streams);
    else response.end(JSON.stringify({ id: 'a', ...state(streams) }));
  });
  return new AuraClient({ baseUrl: server.url, retry: { initialDelayMs: 0 } });
}

async function read(events: AsyncIterable<JobEvent>): Promise<JobEvent[]> {
  const list: JobEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const streamsOpened = (): number => server.requests.filter(({ url }) => url!.includes('/events')).length;

test('events without ids: what was missed while nobody was connected comes from GET', async () => {
  const client = await serve(
    (streams) =>
      streams === 0 ? { status: 'running', percent: 5 } : { status: 'running', stage: 'Images', percent: 50 },
    (response, n) => {
      if (n === 1) openStream(response, frame('progress', { stage: 'Script', percent: 10 })).end();
      else openStream(response);
    },
  );
  const watcher = client.watch('a');
  await eventually(() => watcher.snapshot?.percent === 50);

  expect(watcher.snapshot).toMatchObject({ status: 'Running', stage: 'Visuals' });
  expect(server.requests.every(({ headers }) => headers['last-event-id'] === undefined)).toBe(true);
  watcher.close();
});

test('what a backend has told but does not answer, such as warnings, is not lost by asking it', async () => {
  const client = await serve(
    (streams) => ({ status: 'running', stage: 'Script', percent: 5 + streams * 20 }),
    (response, n) => {
      if (n === 1) openStream(response, frame('warning', { message: 'w' })).end();
      else openStream(response);
    },
  );
  const watcher = client.watch('a');
  await eventually(() => watcher.snapshot?.percent === 25);

  expect(watcher.snapshot!.warnings).toMatchObject([{ message: 'w' }]);
  watcher.close();
});

test('AC-44 a backend that counts within each step is known as one after a reconnect', async () => {
  const step = (stage: string, progressPct: number): string => frame('step-progress', { step: stage, progressPct });
  const client = await serve(
    (streams) => ({ status: 'running', stage: streams ? 'TTS' : 'Script', percent: streams ? 16 : 0 }),
    (response, n) => {
      if (n === 1) openStream(response, step('Script', 50), step('TTS', 5)).end();
      else openStream(response, step('Visuals', 60));
    },
  );
  const watcher = client.watch('a');
  await eventually(() => watcher.snapshot?.stage === 'Visuals');

  // 60 % of 35 … 65.
  expect(watcher.snapshot!.percent).toBe(53);
  watcher.close();
});

describe('ids whose counter begins again with each connection', () => {
  test('later times are news, whatever their counter', async () => {
    const client = await serve(
      () => ({ status: 'running' }),
      (response, n) => {
        const told = [3, 4].map((count) => frame('warning', { message: `${n}` }, `170000000000${n}-${count - n}`));
        if (n < 3)
          openStream(
            response,
            frame('job-status', { status: 'Running', isReconnect: n > 1 }, `170000000000${n}-0`),
            ...told,
          ).end();
        else openStream(response, frame('job-completed', {}, '1700000000003-0'));
      },
    );
    const ids = (await read(client.events('a', { replay: 'all' }))).map(({ id }) => id);

    expect(ids).toEqual([
      '1700000000001-0',
      '1700000000001-2',
      '1700000000001-3',
      '1700000000002-0',
      '1700000000002-1',
      '1700000000002-2',
      '1700000000003-0',
    ]);
  });

  test('equal counters with other times are different events', async () => {
    const client = await serve(
      () => ({ status: 'running' }),
      (response) =>
        void openStream(
          response,
          ...[1, 2, 3].map((time) => frame('warning', { message: 'w' }, `170000000000${time}-1`)),
          frame('job-completed', {}, '1700000000009-0'),
        ),
    );

    expect(await read(client.events('a', { replay: 'all' }))).toHaveLength(4);
  });
});

test('AC-43 the state that a backend tells after a reconnect does not take progress back', async () => {
  const percents: number[] = [];
  const client = await serve(
    () => ({ status: 'running', stage: 'Voice', percent: 20 }),
    (response, n) => {
      if (n === 1) openStream(response, frame('progress', { stage: 'Images', percent: 50 })).end();
      else
        openStream(
          response,
          frame('job-status', { status: 'Running', stage: 'Voice', percent: 20, isReconnect: true }, '1700000000009-0'),
          frame('job-completed', {}, '1700000000009-1'),
        );
    },
  );
  for await (const { percent } of client.watch('a')) percents.push(percent);

  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents.at(-1)).toBe(100);
});

test('AC-42 shutdown is a stream that ends in order: the reader comes back', async () => {
  const client = await serve(
    () => ({ status: 'running' }),
    (response, n) => {
      if (n === 1)
        openStream(
          response,
          frame('warning', { message: 'w' }),
          frame('shutdown', { message: 'bye' }, '1700000000001-1'),
        ).end();
      else openStream(response, frame('job-completed', {}));
    },
  );

  expect((await read(client.events('a'))).map(({ type }) => type)).toEqual(['warning', 'heartbeat', 'job-completed']);
});

test.each([
  ['Running', 'Succeeded'],
  ['failed', 'Failed'],
])('AC-45 a suspected stall of a job that GET calls %s ends as %s', async (status, final) => {
  const client = await serve(
    (streams) => ({
      status: streams ? status : 'running',
      percent: 20,
      errorMessage: status === 'failed' ? 'It stalled.' : null,
    }),
    (response) => {
      openStream(response, frame('job-failed', { errors: [{ Code: 'STALL_TIMEOUT' }], errorMessage: 'It stalled.' }));
      // Only after GET has been asked again.
      if (status === 'Running') void server.requested(3).then(() => response.write(frame('job-completed', {})));
    },
  );
  const watcher = client.watch('a');
  const seen: (number | null | undefined)[] = [];
  watcher.subscribe(() => seen.push(watcher.snapshot?.stalledSeconds));
  const error = await watcher.done.catch((reason: unknown) => reason);

  expect(seen).toContain(0);
  expect(watcher.snapshot!.status).toBe(final);
  if (final === 'Failed') expect(error).toBeInstanceOf(JobFailedError);
  expect(streamsOpened()).toBe(1);
});

describe('a stream that is closed without the end of a job which has ended', () => {
  test.each([
    ['completed', 'job-completed'],
    ['failed', 'job-failed'],
    ['cancelled', 'job-cancelled'],
  ])('%s is told once, as %s, also to a reader of events alone', async (status, type) => {
    const client = await serve(
      (streams) => ({ status: streams ? status : 'running', stage: 'Voice', percent: 20, outputPath: '/v.mp4' }),
      (response) => void openStream(response, frame('progress', { stage: 'Voice', percent: 20 })).end(),
    );

    const types = (await read(client.events('a'))).map((event) => event.type);

    expect(types.filter((name) => name !== 'step-progress')).toEqual([type]);
    expect(streamsOpened()).toBeLessThan(4);
  });
});

test('a cancelled job that its backend files as failed is told as that backend tells it', async () => {
  let stream: ServerResponse | undefined;
  server = await startScriptedServer(({ url, method }, response) => {
    if (url!.endsWith('/events')) stream = openStream(response);
    else if (method === 'POST')
      response.writeHead(202).end('{"message":"No active providers.","providerStatuses":[],"currentStatus":"Running"}');
    else response.end('{"id":"a","status":"running","percent":20}');
  });
  const client = new AuraClient({ baseUrl: server.url });
  const watcher = client.watch('a');
  await eventually(() => stream && watcher.snapshot);

  expect(await client.jobs.cancel('a')).toEqual({
    jobId: 'a',
    currentStatus: 'Running',
    message: 'No active providers.',
  });
  expect(watcher.snapshot!.status).toBe('Running');
  stream!.write(frame('job-failed', { errorMessage: 'A task was canceled.' }));

  await expect(watcher.done).rejects.toMatchObject({
    name: 'JobFailedError',
    snapshot: { errorMessage: 'A task was canceled.' },
  });
});
