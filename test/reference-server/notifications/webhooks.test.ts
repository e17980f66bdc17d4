/** A job's end is told to a real receiver, signed as Standard Webhooks have it. */
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { makeCertificate, startReceiver } from '../../support/receiver.ts';
import type { Certificate, Received, Receiver } from '../../support/receiver.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { logOf, release } from '../simulated-jobs.ts';
import { figure, SECRET, start, startNotifyingServer, VAPID } from './notified-server.ts';

let tls: Certificate;
let server: TestServer;
let receiver: Receiver;

beforeAll(async () => {
  tls = await makeCertificate();
  server = await startNotifyingServer({ AURA_CONCURRENCY: '4', AURA_NOTIFY_ATTEMPTS: '3' }, tls);
});
beforeEach(async () => {
  receiver = await startReceiver({ tls });
});
afterEach(() => receiver.close());
afterAll(async () => {
  await server?.stop();
  await tls?.remove();
});

/** As a receiver checks it. @throws when the signature, the time or the body is not what was signed */
const verify = ({ body, headers }: Received, secret = SECRET) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string;
    timestamp: string;
    data: Record<string, unknown>;
  };
const hook = () => ({ webhook: { url: `${receiver.url}/aura?team=7` } });

describe('a webhook', () => {
  test('tells how a job ended, signed, once', async () => {
    const { openapi, webhooks, components } = (await call(`${server.url}/openapi.json`)).body;
    expect(openapi).toMatch(/^3\.1/);
    const schema = webhooks.jobEnd.post.requestBody.content['application/json'].schema;
    const described = z.fromJSONSchema(
      JSON.parse(
        JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/'),
      ),
    );
    for (const [inputs, type] of [
      [{ events: 5, eventsPerSecond: 0 }, 'job.completed'],
      [{ events: 5, eventsPerSecond: 0, failAt: 2 }, 'job.failed'],
      [{ hold: true }, 'job.cancelled'],
    ] as const) {
      const jobId = await start(server, hook(), inputs, { 'x-correlation-id': `trace-${type}` });
      if (type === 'job.cancelled') await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST');
      const received = (await eventually(() => receiver.received.find(({ body }) => body.includes(jobId))))!;

      const end = verify(received);
      const { body: job } = await call(`${server.url}/api/jobs/${jobId}`);
      expect(described.safeParse(end).error).toBeUndefined();
      expect(end).toMatchObject({ type, timestamp: job.completedAt, data: { jobId, status: job.status } });
      expect(end.data).toMatchObject({ errors: job.errors, artifacts: job.artifacts, output: job.output });
      expect(end.data.correlationId).toBe(`trace-${type}`);
      expect(received).toMatchObject({ method: 'POST', url: '/aura?team=7' });
      expect(received.headers['webhook-id']).toBe(`msg_${jobId}`);
      await eventually(async () => (await figure(server, 'aura_notifications_waiting')) === 0);
      expect(receiver.received.filter(({ body }) => body.includes(jobId))).toHaveLength(1);
    }
  });

  test('is signed so that a change of anything shows', async () => {
    await start(server, hook());
    const one = (await eventually(() => receiver.received[0]))!;
    const headers = (name: string, value: string) => ({ ...one, headers: { ...one.headers, [name]: value } });
    expect(() => verify({ ...one, body: Buffer.from(String(one.body).replace('Succeeded', 'Failed')) })).toThrow();
    expect(() => verify(headers('webhook-id', 'msg_other'))).toThrow();
    expect(() => verify(headers('webhook-timestamp', String(Number(one.headers['webhook-timestamp']) + 1)))).toThrow();
    expect(() => verify(one, `whsec_${Buffer.alloc(32, 8).toString('base64')}`)).toThrow();
  });

  test('is tried again with the same id and body, freshly signed', async () => {
    let refusals = 2;
    receiver.answer = (response) => void response.writeHead(refusals-- > 0 ? 503 : 200).end('thanks');
    const before = await figure(server, 'aura_notifications_total{channel="webhook",outcome="failed"}');
    await start(server, hook());
    await eventually(() => receiver.received.length === 3);
    const [first, ...others] = receiver.received;
    for (const other of others) {
      expect(other.headers['webhook-id']).toBe(first!.headers['webhook-id']);
      expect(String(other.body)).toBe(String(first!.body));
      verify(other);
    }
    expect(await figure(server, 'aura_notifications_total{channel="webhook",outcome="failed"}')).toBe(before + 2);
  });

  test.each([
    ['after so many attempts', 500, 3],
    ['at once when it is not wanted', 410, 1],
  ])('is given up %s', async (_when, status, attempts) => {
    receiver.answer = (response) => void response.writeHead(status).end();
    const name = 'aura_notifications_total{channel="webhook",outcome="given_up"}';
    const before = await figure(server, name);
    await start(server, hook());
    await eventually(async () => (await figure(server, name)) === before + 1);
    expect(receiver.received).toHaveLength(attempts);
    expect(await figure(server, 'aura_notifications_waiting')).toBe(0);
  });

  test('follows no redirect', async () => {
    const elsewhere = await startReceiver();
    receiver.answer = (response) => void response.writeHead(307, { location: `${elsewhere.url}/metadata` }).end();
    await start(server, hook());
    await eventually(() => receiver.received.length === 3);
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  test('is not held up by a receiver that never answers', async () => {
    const silent = await startReceiver();
    silent.answer = () => {};
    for (let job = 0; job < 4; job++) await start(server, { webhook: { url: silent.url } });
    await eventually(() => silent.received.length === 4);
    const jobId = await start(server, hook());
    await eventually(() => receiver.received.length === 1);
    expect(receiver.received[0]!.headers['webhook-id']).toBe(`msg_${jobId}`);
    await silent.close();
  });

  test('is asked for again by a retry of the job', async () => {
    const jobId = await start(server, hook(), { events: 5, eventsPerSecond: 0, failAt: 2 });
    await eventually(() => receiver.received.length === 1);
    const { body } = await call(`${server.url}/api/jobs/${jobId}/retry`, 'POST');
    await eventually(() => receiver.received.length === 2);
    expect(verify(receiver.received[1]!).data).toMatchObject({ jobId: body.jobId, retryOf: jobId, attempt: 2 });
  });

  test('of a job that is repeated by its idempotency key comes once; another address is another request', async () => {
    const send = (url: string) =>
      call(
        `${server.url}/api/jobs`,
        'POST',
        { preset: 'simulated', inputs: { events: 5, eventsPerSecond: 0 }, notify: { webhook: { url } } },
        { 'idempotency-key': 'once' },
      );
    const { body: made } = await send(receiver.url);
    await eventually(() => receiver.received.length === 1);
    expect((await send(receiver.url)).body.jobId).toBe(made.jobId);
    expect((await send(`${receiver.url}/other`)).status).toBe(422);
    await server.terminate();
    await server.restart();
    // Told of jobs that came later, it would have been told of this one too.
    await start(server, hook());
    await eventually(() => receiver.received.length === 2);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])[1]).not.toBe(`msg_${made.jobId}`);
  });

  test('carries a signature by each secret while one is replaced', async () => {
    const newer = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
    const own = await startNotifyingServer({ AURA_WEBHOOK_SECRET: `${newer},${SECRET}` }, tls);
    try {
      await start(own, hook());
      const one = (await eventually(() => receiver.received[0]))!;
      for (const secret of [newer, SECRET]) verify(one, secret);
    } finally {
      await own.stop();
    }
  });
});

describe('a request for a job', () => {
  const refusal = async (notify: unknown, { url } = server) => {
    const { status, body } = await call(`${url}/api/jobs`, 'POST', { preset: 'simulated', notify });
    return [status, body.code, body.errors];
  };
  const push = (endpoint: string) => ({ endpoint, keys: { p256dh: VAPID.publicKey, auth: 'AAAAAAAAAAAAAAAAAAAAAA' } });

  test.each([
    ['http://example.com/', 'must be an https address'],
    ['ftp://localhost/', 'must be an http(s) address'],
    ['nonsense', 'must be an https address'],
    ['https://user:secret@example.com/', 'must not carry a user or a password'],
    ['https://127.0.0.1/', 'must not be an address of a private network'],
    ['https://2130706433/', 'must not be an address of a private network'],
    ['https://[::1]/', 'must not be an address of a private network'],
    ['https://[::ffff:10.0.0.1]/', 'must not be an address of a private network'],
    ['https://169.254.169.254/latest/meta-data', 'must not be an address of a private network'],
    [`https://example.com/${'x'.repeat(2000)}`, 'must have at most 2000 characters'],
    [7, 'must be an https address'],
  ])('with the address %s is refused', async (address, message) => {
    expect(await refusal({ webhook: { url: address } })).toEqual([
      400,
      'InvalidInput',
      { 'notify.webhook.url': [message] },
    ]);
    expect(await refusal({ push: push(address as string) })).toEqual([
      400,
      'InvalidInput',
      { 'notify.push.endpoint': [message] },
    ]);
  });

  test('with keys that are none is refused by field', async () => {
    const keys = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: 'short' };
    expect(await refusal({ push: { endpoint: 'https://example.com', keys } })).toEqual([
      400,
      'InvalidInput',
      {
        'notify.push.keys.p256dh': ['is no point of the curve P-256'],
        'notify.push.keys.auth': ['must be the secret of a push subscription: 16 bytes in base64url'],
      },
    ]);
    expect((await refusal({ webhook: {} }))[0]).toBe(400);
    expect((await refusal('me'))[0]).toBe(400);
  });

  test('is refused in words where the operator has set no key', async () => {
    const plain = await startNotifyingServer({
      AURA_WEBHOOK_SECRET: '',
      AURA_VAPID_PUBLIC_KEY: '',
      AURA_VAPID_PRIVATE_KEY: '',
      AURA_VAPID_SUBJECT: '',
    });
    try {
      const [status, , errors] = await refusal({ ...hook(), push: push('https://example.com') }, plain);
      expect(status).toBe(400);
      expect(errors).toEqual({
        'notify.webhook': [expect.stringContaining('AURA_WEBHOOK_SECRET')],
        'notify.push': [expect.stringContaining('AURA_VAPID_PUBLIC_KEY')],
      });
      expect((await call(`${plain.url}/api/notifications`)).body).toEqual({ webhook: false, push: null });
    } finally {
      await plain.stop();
    }
  });

  test('shows nobody whom it tells', async () => {
    const jobId = await start(server, { webhook: { url: `${receiver.url}/secret-path` } }, { hold: true });
    for (const path of [`/api/jobs/${jobId}`, '/api/jobs', `/api/jobs/${jobId}/logs`])
      expect(JSON.stringify((await call(server.url + path)).body)).not.toContain('secret-path');
    await release(server, jobId);
    expect(JSON.stringify(await logOf(server, jobId))).not.toContain('secret-path');
  });
});
