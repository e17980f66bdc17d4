/** A trace leaves the machine: no secret may go with it. */
import { afterEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { AuraClientOptions } from '@aura-jobs/sdk';
import { recordTrace } from '@aura-jobs/sdk/trace';
import { Secrets } from '../../../sdk/src/trace/secrets.ts';
import { eventually } from '../../support/eventually.ts';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Lets a client work until its stream has ended or failed, and gives the trace as it would be sent. */
async function traced(options: AuraClientOptions, use?: (client: AuraClient) => Promise<unknown>): Promise<string> {
  const trace = recordTrace();
  const client = new AuraClient(trace.options({ ...options, retry: { maxAttempts: 0 } }));
  await use?.(client).catch(() => {});
  await new Promise<void>((resolve) => {
    client.subscribe('a', { onState: ({ status }) => /failed|closed/.test(status) && resolve() });
  });
  await eventually(() => /^(error|close|end)$/.test(trace.exportTrace().entries.at(-1)!.kind));
  return JSON.stringify(trace.exportTrace());
}

test('AC-49 the token of the Authorization header, cookies, and whoever repeats the token', async () => {
  const token = 'opaque-token-4711';
  server = await startScriptedServer(({ url, headers }, response) => {
    response.setHeader('set-cookie', 'sid=cookie-value-1; HttpOnly');
    const { authorization } = headers;
    if (!url!.endsWith('/events')) {
      return void response.writeHead(400).end(JSON.stringify({ detail: `Bad header ${authorization}`, sid: token }));
    }
    openStream(
      response,
      frame('warning', { message: `Called with ${authorization}` }),
      frame('job-cancelled', { status: 'Cancelled', message: token }),
    );
  });
  const text = await traced({ baseUrl: server.url, getToken: () => token }, ({ jobs }) => jobs.get('a'));

  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`Bearer ${token}`));
  expect(text).not.toMatch(/opaque|4711|cookie-value|sid=/);
  expect(text).not.toMatch(/set-cookie/i);
  expect(text).toContain('Bad header Bearer [redacted]');
  expect(text).toContain('Called with Bearer [redacted]');
  expect(text).toContain('job-cancelled');
});

test('what getToken throws, also when it is wrapped or no Error', async () => {
  server = await startScriptedServer((_request, response) => void response.writeHead(500).end());
  const fail = (thrown: unknown): Promise<string> =>
    traced({
      baseUrl: server!.url,
      getToken: () => Promise.reject(thrown),
      transport: async (link) => {
        await link.headers().catch((cause: unknown) => {
          throw new Error('No headers', { cause });
        });
      },
    });

  const plain = await traced({
    baseUrl: server.url,
    getToken: () => Promise.reject(new RangeError('The refresh value hunter2 has expired')),
  });
  expect(plain).not.toContain('hunter2');
  expect(plain).toContain('"name":"RangeError","message":"getToken failed"');
  expect(await fail(new Error('hunter2'))).not.toContain('hunter2');
  expect(await traced({ baseUrl: server.url, getToken: () => Promise.reject('hunter2') })).not.toContain('hunter2');
  expect(server.requests).toEqual([]);
});

test('user and password in the base URL', async () => {
  server = await startScriptedServer((_request, response) => void response.writeHead(500).end());
  const baseUrl = server.url.replace('//', '//anna:pa55word@');
  const text = await traced({ baseUrl }, ({ jobs }) => jobs.get('a', { retries: 0 }));

  // Node itself refuses such URLs, and repeats them in its message.
  await expect(fetch(`${baseUrl}/api`)).rejects.toThrow('pa55word');
  expect(text).toContain('credentials');
  expect(text).not.toMatch(/anna|pa55word/);
});

test('values in queries, but for those that are known to be harmless', async () => {
  server = await startScriptedServer((_request, response) =>
    openStream(
      response,
      frame('job-completed', {
        output: { videoPath: 'https://cdn.example/v.mp4?X-Amz-Signature=abc123def&limit=3', sizeBytes: 5 },
      }),
    ),
  );
  const text = await traced({
    baseUrl: server.url,
    transport: async (link) => {
      await link.get('text/event-stream', `${link.url}?ticket=t1cket&lastEventId=17-1&replay=all&wait=25&x=`);
      throw new Error(`${link.url}?access_token=t0ken&limit=9&status=Failed was refused`);
    },
  });

  expect(text).toContain('/api/jobs/a/events?ticket=[redacted]&lastEventId=17-1&replay=all&wait=25&x=[redacted]');
  expect(text).toContain('?access_token=[redacted]&limit=9&status=Failed was refused');
  expect(text).not.toMatch(/t1cket|t0ken/);

  const output = await traced({ baseUrl: server.url });
  expect(output).toContain('https://cdn.example/v.mp4?X-Amz-Signature=[redacted]&limit=3');
  expect(output).not.toContain('abc123def');
});

describe('texts', () => {
  const secrets = new Secrets();

  test.each([
    ['Authorization: Bearer abcdefgh', 'Authorization: [redacted]'],
    ['"cookie": "a=b; c=d" and more', '"cookie": "[redacted]" and more'],
    ['got Basic dXNlcjpwYXNz= back', 'got Basic [redacted] back'],
    ['jwt eyJhbGciOi.eyJzdWIi.c2ln here', 'jwt [redacted] here'],
    ['Incorrect API key provided: sk-proj-12345678', 'Incorrect API key provided: [redacted]'],
    ['api_key=xyz, password: "open sesame"', 'api_key=[redacted], password: [redacted]'],
    ['wss://me:you@host/ws', 'wss://host/ws'],
    ['/x?jobs=a,b&token=c#d', '/x?jobs=a,b&token=[redacted]#d'],
  ])('%s', (text, clean) => {
    expect(secrets.remove(text)).toBe(clean);
  });

  test.each([
    'The Basic chemistry of bread, and the bearer of news',
    'Speaking scene 2 of 4: tokens and passwords',
    'A question? Yes & no = maybe // and so on',
    '{"message":"Image 3 of 5","path":"/artifacts/job-1/output.mp4","n":1.50}',
    'Write to anna@example.com',
  ])('stay as they are: %s', (text) => {
    expect(secrets.remove(text)).toBe(text);
  });

  test.each([
    ['{"apiToken":5,"rest":[1,null]}', '{"apiToken":"[redacted]","rest":[1,null]}'],
    ['{"cookie":["a","b"],"on":true}', '{"cookie":"[redacted]","on":true}'],
    ['[{"url":"http://u:p@h/?k=v"}]', '[{"url":"http://h/?k=[redacted]"}]'],
    ['{"myPassword":{"is":"x"}}', '{"myPassword":"[redacted]"}'],
    ['{half: "token=abc"', '{half: "token=[redacted]"'],
  ])('JSON stays JSON: %s', (text, clean) => {
    expect(secrets.remove(text)).toBe(clean);
  });

  test('the newest tokens are known, however many there were, and words are no tokens', () => {
    for (let n = 0; n < 100; n++) secrets.learn(`session${n}!`);
    secrets.learn('of');

    expect(secrets.remove('session99! of session80!')).toBe('[redacted] of [redacted]');
    expect(secrets.remove('session1!')).toBe('session1!');
  });
});
