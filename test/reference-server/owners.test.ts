/** Two users and an operator: nothing of one is there for the other, and nobody comes in without saying who they are. */
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../reference-server/src/logger.ts';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { ROUTES, servedRoutes } from './every-route.ts';
import type { OwnedRoute } from './every-route.ts';
import { as, bearer, KEYS, offering, SECRET, startOwnedServer, tokenFor } from './owned-server.ts';
import type { Name } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { openRawSocket } from './raw-socket.ts';

/** Served to everybody, or, of the socket, tested below. */
const NOT_IN_TABLE = [
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  'GET /asyncapi.json',
  'GET /docs',
  'GET /api/jobs/:jobId/ws',
];
const NOBODYS = 'job-0000000000000000';
const VIDEO = {
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:10' },
  renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
};

let server: TestServer;

beforeAll(async () => {
  server = await startOwnedServer({ AURA_LOG_LEVEL: 'trace' });
});

afterAll(() => server.stop());

const send = ({ method, path, body }: OwnedRoute, jobId: string, headers: Record<string, string>): Promise<Answer> =>
  call(server.url + path.replace(':jobId', jobId), method, body?.(jobId), headers);

async function simulate(name: Name, inputs: object): Promise<string> {
  const answer = await call(`${server.url}/api/jobs`, 'POST', { preset: 'simulated', inputs }, as(name));
  expect(answer.status).toBe(202);
  return answer.body.jobId;
}

async function ended(name: Name, inputs: object): Promise<string> {
  const jobId = await simulate(name, inputs);
  await (
    await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers: as(name) })
  ).ended;
  return jobId;
}

/** A job that has made files: the smallest of videos. */
async function filmed(name: Name, { url } = server): Promise<string> {
  const { body } = await call(`${url}/api/jobs`, 'POST', VIDEO, as(name));
  await (
    await openRawStream(`${url}/api/jobs/${body.jobId}/events`, { headers: as(name) })
  ).ended;
  return body.jobId;
}

const socketOf = (jobId: string, protocols?: string[]) =>
  openRawSocket(`${server.url}/api/jobs/${jobId}/ws`, protocols);

test('the tables below have every route', () => {
  const listed = new Set(ROUTES.map(({ method, route }) => `${method} ${route}`));
  expect(servedRoutes().filter((route) => !listed.has(route))).toEqual(NOT_IN_TABLE);
});

describe('AC-49: who does not say who they are gets 401', () => {
  const wrong: [string, () => Promise<Record<string, string>>][] = [
    ['nothing', async () => ({})],
    ['a wrong key', async () => ({ 'x-api-key': 'key-of-nobody-0123456789' })],
    ['a word that is no token', async () => bearer('nonsense')],
    ['the owner’s name', async () => ({ authorization: 'Basic YW5uOmFubg==' })],
    ['an expired token', async () => bearer(await tokenFor('ann', { expires: '1s ago' }).then(later))],
    ['a token of another issuer', async () => bearer(await tokenFor('ann', { secret: `${SECRET}!` }))],
    ['a token without an owner', async () => bearer(await tokenFor(undefined))],
    ['a token without a signature', async () => bearer(`${unsigned({ alg: 'none' })}.${unsigned({ sub: 'ann' })}.`)],
  ];
  // Past the tolerance for clocks.
  const later = async (): Promise<string> => tokenFor('ann', { expires: '1m ago' });
  const unsigned = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

  test.each(wrong)('with %s, on every route', async (_what, headers) => {
    const jobId = await simulate('ann', { hold: true });
    for (const route of ROUTES) {
      const answer = await send(route, jobId, await headers());
      expect([route.method, route.path, answer.status]).toEqual([route.method, route.path, 401]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="aura-jobs"/);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ status: 401, code: 'AccessDenied', correlationId: expect.any(String) });
    }
    expect((await call(`${server.url}/api/nothing`, 'GET', undefined, await headers())).status).toBe(401);
  });

  test('on a socket by close code', async () => {
    const jobId = await simulate('ann', { hold: true });
    for (const protocols of [
      [],
      ['aura.v1'],
      offering('nonsense'),
      offering(await tokenFor('ann', { secret: `${SECRET}!` })),
    ]) {
      const socket = await socketOf(jobId, protocols);
      expect(await socket.closed).toMatchObject({ code: 4401 });
      expect(socket.messages).toEqual([]);
    }
  });

  test('a token in the URL counts for nothing', async () => {
    for (const name of ['access_token', 'token', 'api_key', 'ticket'])
      expect((await call(`${server.url}/api/jobs?${name}=${KEYS.ann}`)).status).toBe(401);
  });

  test('pages are for everybody', async () => {
    expect((await call(server.url)).status).toBe(200);
  });
});

describe('AC-49: who says so comes in', () => {
  test('by key, by key as a bearer token, and by token, as the same owner', async () => {
    const jobId = await simulate('ann', { hold: true });
    for (const headers of [as('ann'), bearer(KEYS.ann), bearer(await tokenFor('ann'))])
      expect((await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, headers)).body).toMatchObject({
        jobId,
        ownerId: 'ann',
      });
  });

  test('on a socket by subprotocol', async () => {
    const jobId = await simulate('ann', { hold: true });
    for (const token of [KEYS.ann, await tokenFor('ann')]) {
      const socket = await socketOf(jobId, offering(token));
      expect(socket.protocol).toBe('aura.v1');
      await socket.until(() => socket.events.length === 1);
      socket.close();
    }
  });

  test('a preflight needs no token, and allows those headers', async () => {
    const { status, headers } = await call(`${server.url}/api/jobs`, 'OPTIONS', undefined, {
      origin: 'http://localhost:8080',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-api-key',
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-headers')).toMatch(/Authorization.*X-API-Key/);
  });

  test('with keys that are published', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    const issuer = createHttpServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const { port } = issuer.address() as AddressInfo;
    const own = await startOwnedServer({
      AURA_AUTH_JWT_SECRET: '',
      AURA_AUTH_JWKS_URL: `http://127.0.0.1:${port}/keys`,
      AURA_AUTH_ISSUER: 'https://issuer.example',
      AURA_AUTH_AUDIENCE: 'aura',
    });
    try {
      const sign = (claims: object) =>
        new SignJWT({ iss: 'https://issuer.example', aud: 'aura', sub: 'ann', ...claims })
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .setExpirationTime('5m')
          .sign(privateKey);
      const list = async (token: string) => call(`${own.url}/api/jobs`, 'GET', undefined, bearer(token));
      expect((await list(await sign({}))).status).toBe(200);
      expect((await list(await sign({ iss: 'https://other.example' }))).status).toBe(401);
      expect((await list(await sign({ aud: 'other' }))).status).toBe(401);
      // A shared secret is not asked for, so nothing signed with one is taken.
      expect((await list(await tokenFor('ann', { iss: 'https://issuer.example', aud: 'aura' }))).status).toBe(401);
    } finally {
      issuer.close();
      await own.stop();
    }
  });
});

test('keys that are published, but cannot be read: 503, and when to come back', async () => {
  const own = await startOwnedServer({ AURA_AUTH_JWT_SECRET: '', AURA_AUTH_JWKS_URL: 'http://127.0.0.1:1/keys' });
  try {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT({ sub: 'ann' })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setExpirationTime('5m')
      .sign(privateKey);
    const { status, headers, body } = await call(`${own.url}/api/jobs`, 'GET', undefined, bearer(token));
    expect([status, body.code]).toEqual([503, 'ServiceUnavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await own.stop();
  }
});

describe('AC-50: what is Ann’s is not there for Bob', () => {
  const states: [string, () => Promise<string>][] = [
    ['waits', () => simulate('ann', { hold: true })],
    ['runs', () => simulate('ann', { events: 1_000_000, eventsPerSecond: 20 })],
    ['has succeeded', () => ended('ann', { events: 5, eventsPerSecond: 0 })],
    ['has failed', () => ended('ann', { events: 5, eventsPerSecond: 0, failAt: 2 })],
  ];

  test.each(states)('while a job %s, every route answers as if it had never been', async (_state, make) => {
    const jobId = await make();
    for (const route of ROUTES.filter(({ ofOneJob }) => ofOneJob)) {
      const [hers, nobodys] = [await send(route, jobId, as('bob')), await send(route, NOBODYS, as('bob'))];
      expect([route.method, route.path, hers.status]).toEqual([route.method, route.path, 404]);
      const plain = ({ body }: Answer, id: string): string =>
        JSON.stringify({ ...body, correlationId: '' }).replaceAll(id, 'ID');
      expect(plain(hers, jobId)).toBe(plain(nobodys, NOBODYS));
    }
    const socket = await socketOf(jobId, offering(KEYS.bob));
    expect(await socket.closed).toMatchObject({ code: 4404 });
    expect(socket.messages).toEqual([]);

    const batch = await call(`${server.url}/api/jobs/cancel`, 'POST', { jobIds: [jobId] }, as('bob'));
    expect(batch.body.results).toEqual([
      { jobId, status: 404, code: 'JobNotFound', message: 'There is no such job, or it has expired. Start a new one.' },
    ]);
    const state = (await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, as('ann'))).body;
    expect(['Queued', 'Running', 'Succeeded', 'Failed']).toContain(state.status);
  });

  test('lists have the caller’s own jobs alone, also by id and by status', async () => {
    const [hers, his] = [await simulate('ann', { hold: true }), await simulate('bob', { hold: true })];
    for (const query of ['', `?ids=${hers},${his}`, '?status=Queued', '?limit=200']) {
      const { body } = await call(`${server.url}/api/jobs${query}`, 'GET', undefined, as('bob'));
      expect(body.jobs.map(({ ownerId }: { ownerId: string }) => ownerId)).toEqual(body.jobs.map(() => 'bob'));
      expect(JSON.stringify(body)).toContain(his);
      expect(JSON.stringify(body)).not.toContain(hers);
    }
  });

  test('a stream over several jobs says nothing of it', async () => {
    const [hers, his] = [
      await simulate('ann', { events: 1_000_000, eventsPerSecond: 50 }),
      await ended('bob', { events: 5, eventsPerSecond: 0 }),
    ];
    const stream = await openRawStream(`${server.url}/api/events?jobs=${hers},${his}&replay=all`, {
      headers: as('bob'),
    });
    await stream.ended;
    const aboutHers = stream.events.filter(({ data }) => JSON.stringify(data).includes(hers));
    expect(aboutHers).toMatchObject([{ id: undefined, event: 'error', data: { jobId: hers, code: 'JobNotFound' } }]);
    const page = await call(`${server.url}/api/events?jobs=${hers},${his}&wait=0`, 'GET', undefined, as('bob'));
    expect(page.body.events.filter(({ data }: { data: { jobId: string } }) => data.jobId === hers)).toHaveLength(1);
  });

  test('the same idempotency key is another request of another owner', async () => {
    const body = { preset: 'simulated', inputs: { hold: true } };
    const create = (name: Name) =>
      call(`${server.url}/api/jobs`, 'POST', body, { ...as(name), 'idempotency-key': 'same' });
    const [hers, his] = [await create('ann'), await create('bob')];
    expect(his.body.jobId).not.toBe(hers.body.jobId);
  });

  test('an operator sees and does everything, and what is Ann’s stays hers', async () => {
    const jobId = await ended('ann', { events: 5, eventsPerSecond: 0, failAt: 2 });
    const operators = [as('ops'), bearer(await tokenFor('somebody', { scope: 'jobs admin' }))];
    for (const headers of operators) {
      const one = await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, headers);
      expect(one.body).toMatchObject({ jobId, ownerId: 'ann' });
      const { jobs } = (await call(`${server.url}/api/jobs?limit=200`, 'GET', undefined, headers)).body;
      expect(new Set(jobs.map(({ ownerId }: { ownerId: string }) => ownerId))).toEqual(new Set(['ann', 'bob']));
    }
    const retried = await call(`${server.url}/api/jobs/${jobId}/retry`, 'POST', undefined, as('ops'));
    const hers = await call(`${server.url}/api/jobs/${retried.body.jobId}`, 'GET', undefined, as('ann'));
    expect(hers.body).toMatchObject({ ownerId: 'ann', retryOf: jobId });
    const nearly = bearer(await tokenFor('bob', { scope: 'administrator', admin: 'yes' }));
    expect((await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, nearly)).status).toBe(404);
  });
});

describe('a view token', () => {
  async function tokenOf(jobId: string, body: object = {}): Promise<string> {
    const answer = await call(`${server.url}/api/jobs/${jobId}/tokens`, 'POST', body, as('ann'));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const life = (Date.parse(answer.body.expiresAt) - Date.now()) / 1000;
    expect(life).toBeGreaterThan(0);
    expect(life).toBeLessThan(301);
    return answer.body.token;
  }
  const OPEN = new Set(['/api/jobs/:jobId', '/api/jobs/:jobId/events', '/artifacts/:jobId/:name']);

  test.each([
    ['read', 403],
    ['read+cancel', 202],
  ])('for %s opens its job’s state, events and files, and nothing else', async (access, cancelled) => {
    const jobId = await simulate('ann', { hold: true });
    const [other, headers] = [await simulate('ann', { hold: true }), bearer(await tokenOf(jobId, { access }))];
    for (const route of ROUTES.filter(({ path }) => !path.includes('replay') && path !== '/api/jobs/:jobId/events')) {
      if (/\/(cancel|tokens)$/.test(route.path) && route.ofOneJob) continue;
      const open = route.method === 'GET' && OPEN.has(route.route);
      const expected = !open ? 403 : route.route.startsWith('/artifacts') ? 404 : 200;
      expect([route.method, route.path, (await send(route, jobId, headers)).status]).toEqual([
        route.method,
        route.path,
        expected,
      ]);
      const others = await send(route, other, headers);
      expect([route.method, route.path, others.status]).toEqual([route.method, route.path, open ? 404 : 403]);
    }
    const cancel = (id: string) => call(`${server.url}/api/jobs/${id}/cancel`, 'POST', undefined, headers);
    expect((await cancel(other)).status).toBe(cancelled === 202 ? 404 : 403);
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers });
    await stream.until(() => stream.events.length === 1);
    stream.close();
    const socket = await socketOf(jobId, offering(headers.authorization!.slice(7)));
    await socket.until(() => socket.events.length === 1);
    socket.close();
    expect(await (await socketOf(other, offering(headers.authorization!.slice(7)))).closed).toMatchObject({
      code: 4404,
    });
    expect((await cancel(jobId)).status).toBe(cancelled);

    // Of tokens it gives those alone that open less, and not for longer.
    const ask = (id: string, body: object) => call(`${server.url}/api/jobs/${id}/tokens`, 'POST', body, headers);
    for (const more of ['read', 'read+cancel'])
      expect((await ask(jobId, { access: more })).body).toMatchObject({ status: 403, code: 'AccessDenied' });
    const ticket = await ask(jobId, { access: 'files', expiresInSeconds: 3600 });
    expect(ticket.status).toBe(201);
    expect(ticket.body.expiresInSeconds).toBeLessThanOrEqual(300);
    expect((await ask(other, { access: 'files' })).status).toBe(404);
  });

  test('opens the files of its job', async () => {
    const jobId = await filmed('ann');
    const headers = bearer(await tokenOf(jobId));
    const { artifacts } = (await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, headers)).body;
    expect(artifacts.length).toBeGreaterThan(1);
    for (const { path } of artifacts)
      expect((await call(server.url + path, 'GET', undefined, headers)).status).toBe(200);
  });

  test('ends in time, and is no token of a user', async () => {
    const jobId = await simulate('ann', { hold: true });
    const headers = bearer(await tokenOf(jobId, { expiresInSeconds: 2 }));
    expect((await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, headers)).status).toBe(200);
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers });
    const socket = await socketOf(jobId, offering(headers.authorization!.slice(7)));
    const [, payload] = headers.authorization!.split('.');
    const { exp, sub } = JSON.parse(Buffer.from(payload!, 'base64url').toString());
    expect(sub).toBe('ann');
    expect(exp - Date.now() / 1000).toBeLessThan(2);
    // What was opened in time ends with the token.
    expect(await socket.closed).toMatchObject({ code: 1001 });
    await stream.ended;
    expect(stream.frames.at(-1)!.retry).toBeGreaterThan(0);
    expect((await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, headers)).status).toBe(401);
  });

  test.each([
    [{ access: 'write' }, 'access'],
    [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
    [{ expiresInSeconds: 3601 }, 'expiresInSeconds'],
    [{ expiresInSeconds: '60' }, 'expiresInSeconds'],
  ])('%j is refused by name', async (body, field) => {
    const jobId = await simulate('ann', { hold: true });
    const answer = await call(`${server.url}/api/jobs/${jobId}/tokens`, 'POST', body, as('ann'));
    expect(answer).toMatchObject({ status: 400, body: { code: 'InvalidInput', field } });
  });
});

describe('a ticket', () => {
  let jobId: string;
  let file: string;
  let ticket: string;

  async function ticketOf(id: string, headers = as('ann'), body: object = {}): Promise<string> {
    const answer = await call(`${server.url}/api/jobs/${id}/tokens`, 'POST', { access: 'files', ...body }, headers);
    expect(answer).toMatchObject({ status: 201, body: { access: 'files', jobId: id } });
    return answer.body.token;
  }

  beforeAll(async () => {
    jobId = await filmed('ann');
    file = `/artifacts/${jobId}/output.mp4`;
    ticket = await ticketOf(jobId);
  });

  test('in the URL opens the files of its job, also in parts, to whoever sends no header', async () => {
    const whole = await call(`${server.url}${file}?ticket=${ticket}`);
    expect(whole.status).toBe(200);
    // The file may lead elsewhere; its address stays here.
    expect(whole.headers.get('referrer-policy')).toBe('no-referrer');
    expect(whole.headers.get('cache-control')).toContain('private');
    expect((await call(`${server.url}${file}?ticket=${ticket}`, 'HEAD')).status).toBe(200);
    const part = await call(`${server.url}${file}?download&ticket=${ticket}`, 'GET', undefined, { range: 'bytes=0-3' });
    expect([part.status, part.headers.get('content-disposition')]).toEqual([206, 'attachment; filename=output.mp4']);
    expect((await call(`${server.url}/artifacts/${jobId}/other.txt?ticket=${ticket}`)).status).toBe(404);
  });

  test('opens no other job, be it of the same owner, and there is none for who does not own the job', async () => {
    const [other, his] = await Promise.all([ended('ann', { events: 5, eventsPerSecond: 0 }), filmed('bob')]);
    for (const id of [other, his, NOBODYS]) {
      const { status, body } = await call(`${server.url}/artifacts/${id}/output.mp4?ticket=${ticket}`);
      expect([status, body.code]).toEqual([404, 'JobNotFound']);
    }
    for (const id of [his, NOBODYS]) {
      const refused = await call(`${server.url}/api/jobs/${id}/tokens`, 'POST', { access: 'files' }, as('ann'));
      expect([refused.status, refused.body.code]).toEqual([404, 'JobNotFound']);
    }
    const operators = await ticketOf(jobId, as('ops'));
    expect((await call(`${server.url}${file}?ticket=${operators}`)).status).toBe(200);
    expect((await call(`${server.url}/artifacts/${his}/output.mp4?ticket=${operators}`)).status).toBe(404);
  });

  test('counts for nothing in any other URL, and opens nothing else in a header', async () => {
    const held = await simulate('ann', { hold: true });
    for (const [id, shown] of [
      [jobId, ticket],
      [held, await ticketOf(held)],
    ] as const) {
      for (const route of ROUTES.filter(({ route: path }) => !path.startsWith('/artifacts'))) {
        const path = `${route.path}${route.path.includes('?') ? '&' : '?'}ticket=${shown}`;
        const inUrl = await send({ ...route, path }, id, {});
        const inHeader = await send(route, id, bearer(shown));
        expect([route.method, route.path, inUrl.status, inHeader.status]).toEqual([route.method, route.path, 401, 403]);
      }
      const inUrl = await openRawSocket(`${server.url}/api/jobs/${id}/ws?ticket=${shown}`, ['aura.v1']);
      expect(await inUrl.closed).toMatchObject({ code: 4401 });
      expect(await (await socketOf(id, offering(shown))).closed).toMatchObject({ code: 4403 });
    }
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await call(`${server.url}${file}?ticket=${ticket}`, method)).status).toBe(401);
  });

  test('is the only thing that counts in a URL', async () => {
    const view = await call(`${server.url}/api/jobs/${jobId}/tokens`, 'POST', {}, as('ann'));
    const shown = [
      KEYS.ann,
      KEYS.ops,
      await tokenFor('ann'),
      view.body.token,
      `${ticket}x`,
      `${ticket.slice(0, -8)}aaaaaaaa`,
      '',
    ];
    for (const credential of shown) {
      const { status, headers } = await call(`${server.url}${file}?ticket=${credential}`);
      expect([credential, status]).toEqual([credential, 401]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await call(`${server.url}${file}?ticket=${ticket}&ticket=${ticket}`)).status).toBe(401);
    expect((await call(`${server.url}${file}?token=${ticket}`)).status).toBe(401);
    // A header counts before it.
    expect((await call(`${server.url}${file}?ticket=${ticket}`, 'GET', undefined, as('bob'))).status).toBe(404);
  });

  test('ends in time', async () => {
    const short = await ticketOf(jobId, as('ann'), { expiresInSeconds: 1 });
    await eventually(async () => (await call(`${server.url}${file}?ticket=${short}`)).status === 401);
    expect((await call(`${server.url}${file}?ticket=${ticket}`)).status).toBe(200);
  });

  test('is there as long as the files, which outlive what else is known of a job', async () => {
    const own = await startOwnedServer({ AURA_KEEP_HISTORY_MS: '10' });
    try {
      const id = await filmed('ann', own);
      const ask = (name: Name) => call(`${own.url}/api/jobs/${id}/tokens`, 'POST', { access: 'files' }, as(name));
      const known = async () => (await call(`${own.url}/api/jobs/${id}`, 'GET', undefined, as('ann'))).status;
      const made = async () => (await ask('ann')).status === 201;
      await eventually(async () => (await made()) && (await known()) === 404);
      expect((await ask('bob')).status).toBe(404);
      const { token } = (await ask('ann')).body;
      expect((await call(`${own.url}/artifacts/${id}/output.mp4?ticket=${token}`)).status).toBe(200);
    } finally {
      await own.stop();
    }
  });
});

describe('the address', () => {
  const bare = { AURA_AUTH_JWT_SECRET: '', AURA_AUTH_API_KEYS: '', AURA_AUTH_ADMINS: '' };

  test('is loopback, or callers have to sign in', async () => {
    await expect(startOwnedServer({ ...bare, AURA_HOST: '0.0.0.0' })).rejects.toThrow(
      /0\.0\.0\.0 can be reached from other machines, so callers have to sign in there\.\nSet AURA_AUTH_JWT_SECRET/,
    );
    const own = await startOwnedServer({ AURA_HOST: '0.0.0.0' });
    try {
      const url = own.url.replace('0.0.0.0', '127.0.0.1');
      expect((await call(`${url}/api/jobs`)).status).toBe(401);
      expect((await call(`${url}/api/jobs`, 'GET', undefined, as('ann'))).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  test('its own pages may send commands', async () => {
    const preset = { preset: 'simulated', inputs: { hold: true } };
    const create = (origin: string) => call(`${server.url}/api/jobs`, 'POST', preset, { ...as('ann'), origin });
    expect((await create(server.url)).status).toBe(202);
    expect((await create('https://evil.example')).status).toBe(403);
  });
});

test('a secret that is logged by mistake is blacked out', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const headers = { authorization: `Bearer ${KEYS.ann}`, 'x-api-key': KEYS.ann, 'sec-websocket-protocol': KEYS.ann };
  logger.error({ headers, err: Object.assign(new Error('no'), { request: { headers } }), token: KEYS.ann }, 'trouble');
  expect(lines.join('')).toContain('[secret]');
  expect(lines.join('')).not.toContain(KEYS.ann);
});

test('AC-49: no token or key is in what the server has logged', async () => {
  // All that came before was logged at the finest level.
  const token = await tokenFor('ann');
  await call(`${server.url}/api/jobs?token=${token}`, 'GET', undefined, bearer(token));
  await call(`${server.url}/api/jobs`, 'POST', `{"token": "${token}`, bearer(token));
  expect(server.output).toMatch(/"msg":"request"/);
  expect(server.output).toContain('"ownerId":"ann"');
  // Tickets were in URLs above, good ones, bad ones and some on the wrong routes.
  for (const secret of [...Object.values(KEYS), SECRET, token, 'eyJ', 'aura.bearer', 'ticket='])
    expect(server.output).not.toContain(secret);
});
