/** Readers that come, go and come again: AC-35, AC-59, AC-61. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { cancel, simulate } from '../../reference-server/simulated-jobs.ts';
import { eventually } from '../../support/eventually.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer;

afterEach(() => server?.close());

/** Two turns of the event loop: whatever was on its way has arrived. */
async function settle(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

describe('AC-35 after unsubscribing no callback runs', () => {
  /** A server that says a word for each request, and goes on talking. */
  async function serve(answer: (response: ServerResponse, n: number) => void): Promise<AuraClient> {
    server = await startScriptedServer((_request, response, n) => answer(response, n));
    return new AuraClient({
      baseUrl: server.url,
      retry: { initialDelayMs: 60_000, maxDelayMs: 60_000, jitter: false },
    });
  }

  const talk = (response: ServerResponse): void =>
    void openStream(response, ...[1, 2, 3].map((n) => frame('warning', { message: 'w' }, `1700000000000-${n}`)));

  test.each<[string, (response: ServerResponse) => void, (word: string) => boolean]>([
    ['while connecting', () => {}, (word) => word === 'connecting'],
    ['in the middle of what has arrived', talk, (word) => word === 'warning'],
    ['when the connection opens', talk, (word) => word === 'open'],
    ['when an attempt fails', (response) => void response.writeHead(503).end(), (word) => word === 'ServerError'],
    ['during a wait', (response) => void response.writeHead(503).end(), (word) => word === 'reconnecting'],
  ])('%s', async (name, answer, isTheMoment) => {
    const client = await serve(answer);
    const words: string[] = [];
    const left = new Promise<void>((resolve) => {
      const say = (word: string): void => {
        words.push(word);
        if (!isTheMoment(word)) return;
        leave();
        resolve();
      };
      const leave = client.subscribe('a', {
        onEvent: ({ type }) => say(type),
        onState: ({ status }) => say(status),
        onError: (error) => say(error.name),
      });
      // The state of the beginning is nobody's news.
      if (name === 'while connecting') void server.requested(1).then(() => say('connecting'));
    });
    await left;
    const heard = words.length;

    server.requests[0]!.socket.destroy();
    await settle();

    expect(words).toHaveLength(heard);
    expect(words.filter(isTheMoment)).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });
});

test('AC-59 a program that starts again verifies its job by GET, goes on from there, and shows no regress', async () => {
  const reference = await startReferenceServer();
  try {
    const jobId = await simulate(reference, { seconds: 60, eventsPerSecond: 50 });
    const before = new AuraClient({ baseUrl: reference.url }).watch(jobId);
    await eventually(() => (before.snapshot?.percent ?? 0) > 0);
    before.close();
    const { percent, lastEventId } = before.snapshot!;

    // All that is left of the first program is the job's id.
    const calls: { path: string; cursor: string | null }[] = [];
    const client = new AuraClient({
      baseUrl: reference.url,
      fetch: (url, init) => {
        const cursor = new Headers(init?.headers).get('last-event-id');
        calls.push({ path: String(url).replace(reference.url, ''), cursor });
        return fetch(url, init);
      },
    });
    const percents: number[] = [];
    for await (const snapshot of client.watch(jobId)) {
      percents.push(snapshot.percent);
      if (snapshot.percent > percent) break;
    }
    await cancel(reference, jobId);

    expect(calls.map(({ path }) => path)).toEqual([`/api/jobs/${jobId}`, `/api/jobs/${jobId}/events`]);
    expect(Number(calls[1]!.cursor!.split('-')[1])).toBeGreaterThanOrEqual(Number(lastEventId!.split('-')[1]));
    expect(percents[0]).toBeGreaterThanOrEqual(percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  } finally {
    await reference.stop();
  }
});

test('AC-61 a GET that is overtaken by events keeps what only it knows, and the events on top of it', async () => {
  let answer: (() => void) | undefined;
  let stream: ServerResponse | undefined;
  server = await startScriptedServer(({ url }, response) => {
    if (url!.endsWith('/events')) {
      stream = openStream(
        response,
        frame('job-status', { status: 'Running', stage: 'TTS', percent: 20 }, '1700000000000-5'),
      );
    } else {
      const warnings = [{ message: 'told before this program came', step: 'Script' }];
      const job = {
        jobId: 'a',
        status: 'Running',
        stage: 'TTS',
        percent: 20,
        warnings,
        lastEventId: '1700000000000-5',
      };
      answer = () => response.end(JSON.stringify(job));
    }
  });
  const client = new AuraClient({ baseUrl: server.url });
  let heard = 0;
  const leave = client.subscribe('a', { onEvent: () => void heard++ });
  await eventually(() => heard === 1);
  const watcher = client.watch('a');
  await eventually(() => answer);
  stream!.write(frame('step-progress', { step: 'TTS', percent: 30, message: 'new' }, '1700000000000-9'));
  await eventually(() => heard === 2);

  answer!();
  await eventually(() => watcher.snapshot?.warnings.length);

  expect(watcher.snapshot).toMatchObject({ percent: 30, message: 'new', lastEventId: '1700000000000-9' });
  watcher.close();
  leave();
});
