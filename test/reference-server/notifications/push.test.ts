/** A job's end is told to a browser: a local push service checks who sends, and the browser's keys decrypt what is sent. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { makeCertificate, startReceiver } from '../../support/receiver.ts';
import type { Certificate, Receiver } from '../../support/receiver.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { subscribe, verifyVapid } from '../../support/web-push.ts';
import { figure, start, startNotifyingServer, VAPID } from './notified-server.ts';

let tls: Certificate;
let server: TestServer;
let service: Receiver;

beforeAll(async () => {
  tls = await makeCertificate();
  server = await startNotifyingServer({ AURA_NOTIFY_ATTEMPTS: '3' }, tls);
});
beforeEach(async () => {
  service = await startReceiver({ tls });
});
afterEach(() => service.close());
afterAll(async () => {
  await server?.stop();
  await tls?.remove();
});

const given = (outcome: string) => figure(server, `aura_notifications_total{channel="push",outcome="${outcome}"}`);

test('a page learns the key, subscribes, and is told', async () => {
  const { body: settings } = await call(`${server.url}/api/notifications`);
  expect(settings).toEqual({ webhook: true, push: { publicKey: VAPID.publicKey } });
  const browser = subscribe();
  service.answer = (response) => void response.writeHead(201).end();
  // As `PushSubscription.toJSON()` has it.
  const subscription = { endpoint: `${service.url}/push/device-7`, expirationTime: null, keys: browser.keys };
  const jobId = await start(server, { push: subscription });
  const { url, headers, body } = (await eventually(() => service.received[0]))!;

  expect(url).toBe('/push/device-7');
  expect(headers).toMatchObject({
    'content-encoding': 'aes128gcm',
    ttl: '86400',
    topic: jobId,
    'content-length': String(body.length),
  });
  const claims = await verifyVapid(headers.authorization!, { key: settings.push.publicKey, audience: service.url });
  expect(claims.sub).toBe(VAPID.subject);
  expect(claims.exp! * 1000 - Date.now()).toBeLessThanOrEqual(86_400_000);
  await expect(
    verifyVapid(headers.authorization!, { key: VAPID.publicKey, audience: 'https://other' }),
  ).rejects.toThrow();
  expect(JSON.parse(browser.decrypt(body))).toEqual({
    id: `msg_${jobId}`,
    type: 'job.completed',
    jobId,
    title: 'Simulated job',
    status: 'Succeeded',
  });
  expect(() => subscribe().decrypt(body)).toThrow();
  expect(String(body)).not.toContain(jobId);
  await eventually(async () => (await given('delivered')) === 1);
});

test('a service that is busy is asked again; the same message, encrypted anew', async () => {
  const browser = subscribe();
  let refusals = 1;
  service.answer = (response) => void response.writeHead(refusals-- > 0 ? 429 : 201).end();
  await start(server, { push: { endpoint: service.url, keys: browser.keys } });
  await eventually(() => service.received.length === 2);
  const [first, second] = service.received.map(({ body }) => body);
  expect(browser.decrypt(first!)).toBe(browser.decrypt(second!));
  expect(first!.equals(second!)).toBe(false);
});

test.each([404, 410, 403])('a subscription that is gone (%i) is not tried again', async (status) => {
  service.answer = (response) => void response.writeHead(status).end();
  const before = await given('given_up');
  await start(server, { push: { endpoint: service.url, keys: subscribe().keys } });
  await eventually(async () => (await given('given_up')) === before + 1);
  expect(service.received).toHaveLength(1);
});

test('the longest title fits', async () => {
  const browser = subscribe();
  const title = '影'.repeat(500);
  const { status } = await call(`${server.url}/api/jobs`, 'POST', {
    preset: 'simulated',
    inputs: { events: 1, eventsPerSecond: 0 },
    brief: { topic: title },
    notify: { push: { endpoint: service.url, keys: browser.keys } },
  });
  expect(status).toBe(202);
  const { body } = (await eventually(() => service.received[0]))!;
  expect(JSON.parse(browser.decrypt(body)).title).toBe(title);
  expect(body.length).toBeLessThanOrEqual(4096);
});
