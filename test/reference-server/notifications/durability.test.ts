/** An end that was logged is told, whatever happens to the server; what is taken away is told nobody. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from '../../support/receiver.ts';
import type { Receiver } from '../../support/receiver.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { subscribe } from '../../support/web-push.ts';
import { as, startOwnedServer } from '../owned-server.ts';
import { logOf, release } from '../simulated-jobs.ts';
import { figure, SECRET, start, startNotifyingServer, VAPID } from './notified-server.ts';

let receiver: Receiver;
let server: TestServer | undefined;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await receiver.close().catch(() => {});
});

const hook = (path = '') => ({ webhook: { url: receiver.url + path } });
const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']);
/** Rows of the outbox of a server that does not run. */
function rows({ dataDir }: TestServer, change?: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(dataDir, 'aura.sqlite'));
  if (change) database.exec(change);
  const found = database.prepare('SELECT job_id AS jobId, channel, due_at AS dueAt, attempts FROM outbox').all();
  database.close();
  return found;
}

describe('after SIGKILL', () => {
  test('between the end and the outbox, the next start tells', async () => {
    server = await startNotifyingServer();
    const told = await start(server, hook(), { hold: true });
    const running = await start(server, hook(), { hold: true });
    await release(server, told);
    await eventually(() => receiver.received.length === 1);
    await eventually(async () => (await figure(server!, 'aura_notifications_waiting')) === 0);
    await server.kill();
    // As it is when the end is logged and nothing else has happened.
    rows(server, `INSERT INTO outbox (job_id, channel) VALUES ('${told}', 'webhook')`);
    expect(rows(server)).toEqual(
      [
        { jobId: told, channel: 'webhook', dueAt: null, attempts: 0 },
        { jobId: running, channel: 'webhook', dueAt: null, attempts: 0 },
      ].sort((a, b) => (a.jobId < b.jobId ? -1 : 1)),
    );
    await server.restart();
    await eventually(() => receiver.received.length === 2);
    expect(ids()).toEqual([`msg_${told}`, `msg_${told}`]);
    await release(server, running);
    await eventually(() => receiver.received.length === 3);
    expect(ids()[2]).toBe(`msg_${running}`);
  });

  test('while the receiver was down, the next start tells', async () => {
    server = await startNotifyingServer({ AURA_NOTIFY_RETRY_MS: '1000' });
    const { port } = receiver;
    const notify = hook();
    await receiver.close();
    const jobId = await start(server, notify);
    await logOf(server, jobId);
    await server.kill();
    receiver = await startReceiver({ port });
    await server.restart();
    await eventually(() => receiver.received.length > 0);
    expect(new Set(ids())).toEqual(new Set([`msg_${jobId}`]));
  });

  test('while a receiver has not answered, it is told again under the same id', async () => {
    server = await startNotifyingServer({ AURA_NOTIFY_TIMEOUT_MS: '1000' });
    receiver.answer = () => {};
    const jobId = await start(server, hook());
    await eventually(() => receiver.received.length === 1);
    await server.kill();
    receiver.answer = (response) => void response.writeHead(200).end();
    await server.restart();
    await eventually(() => receiver.received.length === 2);
    expect(ids()).toEqual([`msg_${jobId}`, `msg_${jobId}`]);
    await server.terminate();
    expect(rows(server)).toEqual([]);
  });
});

test('SIGTERM puts down what is under way, and the next start tells at once', async () => {
  server = await startNotifyingServer({ AURA_NOTIFY_TIMEOUT_MS: '60000' });
  receiver.answer = () => {};
  await start(server, hook());
  await eventually(() => receiver.received.length === 1);
  expect(await server.terminate()).toBe(0);
  receiver.answer = (response) => void response.writeHead(200).end();
  await server.restart();
  await eventually(() => receiver.received.length === 2);
});

describe('nobody is told any more, and nothing is left of it', () => {
  test.each([
    ['of a job that was deleted', {}],
    ['of a job whose time is over', { AURA_KEEP_HISTORY_MS: '1000' }],
  ])('%s', async (how, environment) => {
    server = await startNotifyingServer({ AURA_NOTIFY_RETRY_MS: '60000', ...environment });
    receiver.answer = (response) => void response.writeHead(500).end();
    const push = { endpoint: `${receiver.url}/device-of-ann`, keys: subscribe().keys };
    const jobId = await start(server, { ...hook('/address-of-ann'), push });
    await eventually(() => receiver.received.length === 2);
    if (how.includes('deleted')) expect((await call(`${server.url}/api/jobs/${jobId}`, 'DELETE')).status).toBe(204);
    await eventually(async () => (await call(`${server!.url}/api/jobs/${jobId}`)).status === 404);
    await server.terminate();
    const database = new DatabaseSync(join(server.dataDir, 'aura.sqlite'));
    expect(database.prepare('SELECT count(*) AS count FROM outbox').get()).toEqual({ count: 0 });
    expect(database.prepare("SELECT count(*) AS count FROM jobs WHERE record LIKE '%of-ann%'").get()).toEqual({
      count: 0,
    });
    database.close();
  });
});

test('the log names neither addresses nor keys', async () => {
  const own = await startOwnedServer({
    AURA_WEBHOOK_SECRET: SECRET,
    AURA_VAPID_PUBLIC_KEY: VAPID.publicKey,
    AURA_VAPID_PRIVATE_KEY: VAPID.privateKey,
    AURA_VAPID_SUBJECT: VAPID.subject,
    AURA_NOTIFY_PRIVATE_HOSTS: 'localhost,nowhere.invalid',
    AURA_NOTIFY_ATTEMPTS: '2',
    AURA_NOTIFY_RETRY_MS: '10',
    AURA_LOG_LEVEL: 'trace',
  });
  try {
    const keys = subscribe().keys;
    receiver.answer = (response) => void response.writeHead(500).end();
    for (const origin of [receiver.url, 'http://nowhere.invalid', 'http://localhost:1']) {
      const notify = { webhook: { url: `${origin}/hook-secret` }, push: { endpoint: `${origin}/push-secret`, keys } };
      await start(own, notify, { events: 1, eventsPerSecond: 0 }, as('ann'));
    }
    await call(`${own.url}/api/jobs`, 'POST', { notify: { webhook: { url: 'http://hook-secret/' } } }, as('ann'));
    await eventually(() => own.output.match(/a notification was given up/g)?.length === 6);
    expect(own.output).toContain('ECONNREFUSED');
    for (const secret of ['hook-secret', 'push-secret', keys.auth, keys.p256dh, SECRET, VAPID.privateKey])
      expect(own.output).not.toContain(secret);
    // Nobody else sees that the job tells somebody, and the settings are for those who are signed in.
    expect((await call(`${own.url}/api/notifications`)).status).toBe(401);
    expect((await call(`${own.url}/api/notifications`, 'GET', undefined, as('bob'))).status).toBe(200);
  } finally {
    await own.stop();
  }
});
