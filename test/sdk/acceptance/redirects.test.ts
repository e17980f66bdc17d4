/** A backend that has moved: streams and calls follow, and the token goes no further than its origin. */
import { afterEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { breakStream, frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

const servers: ScriptedServer[] = [];

afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Sends everything that is asked for under `/api` on to `target`. */
async function serveRedirects(status: number, target: () => string): Promise<ScriptedServer> {
  return keep(
    await startScriptedServer(({ url, method }, response) => {
      if (url!.startsWith('/api')) response.writeHead(status, { location: `${target()}/moved${url}` }).end();
      else answer(url!, method!, response);
    }),
  );
}

function keep(server: ScriptedServer): ScriptedServer {
  servers.push(server);
  return server;
}

/** A running job whose first stream breaks and whose next one tells the end. */
function answer(url: string, method: string, response: Parameters<typeof openStream>[0]): void {
  if (url.endsWith('/events')) {
    const cursor = response.req.headers['last-event-id'];
    if (cursor === '1700000000000-0') breakStream(response, frame('warning', { message: 'w' }, '1700000000000-1'));
    else openStream(response, frame('job-completed', { outputPath: '/v.mp4' }, '1700000000000-2'));
  } else if (method === 'POST') response.end('{"jobId":"a","status":"Queued"}');
  else response.end('{"jobId":"a","status":"Running","percent":3,"lastEventId":"1700000000000-0"}');
}

const clientOf = ({ url }: ScriptedServer): AuraClient =>
  new AuraClient({ baseUrl: url, getToken: () => 't1', retry: { initialDelayMs: 0 } });

test.each([301, 302, 307, 308])('%d: a watcher follows, with its token and its cursor', async (status) => {
  const server = await serveRedirects(status, () => '');

  await expect(clientOf(server).watch('a').done).resolves.toMatchObject({ status: 'Succeeded' });

  const moved = server.requests.filter(({ url }) => url!.startsWith('/moved'));
  expect(moved.every(({ headers }) => headers.authorization === 'Bearer t1')).toBe(true);
  const streams = moved.filter(({ url }) => url!.endsWith('/events'));
  expect(streams.map(({ headers }) => [headers['last-event-id'], headers.accept])).toEqual([
    ['1700000000000-0', 'text/event-stream'],
    ['1700000000000-1', 'text/event-stream'],
  ]);
});

test.each([307, 308])('%d: a call that changes something is made again as it was', async (status) => {
  const server = await serveRedirects(status, () => '');
  const { requests } = server;

  expect(await clientOf(server).jobs.create({ preset: 'default' }, { idempotencyKey: 'k-1' })).toMatchObject({
    jobId: 'a',
  });

  const [first, second] = requests;
  expect([second!.method, second!.url]).toEqual(['POST', '/moved/api/jobs']);
  for (const name of ['authorization', 'idempotency-key', 'content-type', 'content-length']) {
    expect(second!.headers[name], name).toBe(first!.headers[name]);
  }
});

test('another origin is followed too, but it does not see the token', async () => {
  const other = keep(await startScriptedServer(({ url, method }, response) => answer(url!, method!, response)));
  const server = await serveRedirects(307, () => other.url);

  await expect(clientOf(server).watch('a').done).resolves.toMatchObject({ status: 'Succeeded' });

  expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer t1')).toBe(true);
  expect(other.requests.map(({ headers }) => headers.authorization)).toEqual(other.requests.map(() => undefined));
  expect(other.requests.at(-1)!.headers['last-event-id']).toBe('1700000000000-1');
});
