/** The REST calls as a stranger's client sees them. Numbers are those of the protocol's acceptance cases. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '2', AURA_ALLOWED_ORIGINS: 'https://partner.example' });
});

afterAll(() => server.stop());

const api = (path: string, method?: string, body?: unknown, headers?: Record<string, string>) =>
  call(server.url + path, method, body, headers);

async function simulate(inputs: object): Promise<string> {
  const { body } = await api('/api/jobs', 'POST', { preset: 'simulated', inputs });
  return body.jobId;
}

async function ended(jobId: string): Promise<string> {
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
  await stream.ended;
  return jobId;
}

const succeeded = async () => ended(await simulate({ events: 5, eventsPerSecond: 0 }));
const failed = async () => ended(await simulate({ events: 5, eventsPerSecond: 0, failAt: 3 }));
async function canceled(): Promise<string> {
  const jobId = await simulate({ hold: true });
  await api(`/api/jobs/${jobId}/cancel`, 'POST');
  return ended(jobId);
}

describe('create', () => {
  test('answers 202 with Location, id and correlation id', async () => {
    const { status, headers, body } = await api(
      '/api/jobs',
      'POST',
      { preset: 'simulated', inputs: { hold: true } },
      { 'x-correlation-id': 'req-123' },
    );

    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/jobs/${body.jobId}`);
    expect(headers.get('x-correlation-id')).toBe('req-123');
    expect(body).toEqual({
      jobId: expect.stringMatching(/^job-[0-9a-f]{16}$/),
      status: 'Queued',
      stage: 'Script',
      correlationId: 'req-123',
    });
    expect((await api(`/api/jobs/${body.jobId}`)).body).toMatchObject({
      correlationId: 'req-123',
      status: 'Queued',
      percent: 0,
      attempt: 1,
    });
  });

  test('the same idempotency key makes one job', async () => {
    const create = () =>
      api('/api/jobs', 'POST', { preset: 'simulated', inputs: { hold: true } }, { 'idempotency-key': 'once' });
    const [first, second] = [await create(), await create()];

    expect(second.status).toBe(202);
    expect(second.body.jobId).toBe(first.body.jobId);
  });

  test('the same key with a number that JSON does not keep, -0, makes one job', async () => {
    const create = async () => {
      const answer = await fetch(`${server.url}/api/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'minus-zero' },
        body: '{"preset":"simulated","inputs":{"hold":true},"voiceSpec":{"pitch":-0}}',
      });
      return [answer.status, ((await answer.json()) as { jobId: string }).jobId];
    };
    const first = await create();

    expect(first).toEqual([202, expect.any(String)]);
    expect(await create()).toEqual(first);
  });

  test('the same key with another request is refused; for a retry it counts on its own', async () => {
    const key = { 'idempotency-key': 'again' };
    const inputs = { events: 5, eventsPerSecond: 0, failAt: 3 };
    const { body } = await api('/api/jobs', 'POST', { preset: 'simulated', inputs }, key);
    await ended(body.jobId);

    const other = await api('/api/jobs', 'POST', { preset: 'simulated', inputs: { ...inputs, events: 6 } }, key);
    expect([other.status, other.body.code]).toEqual([422, 'IdempotencyKeyReused']);
    const same = await api('/api/jobs', 'POST', { preset: 'simulated', inputs }, key);
    expect(same.body).toMatchObject({ jobId: body.jobId, status: 'Failed' });
    const retried = await api(`/api/jobs/${body.jobId}/retry`, 'POST', undefined, key);
    expect(retried.body).toMatchObject({ retryOf: body.jobId, attempt: 2 });
    expect((await api(`/api/jobs/${body.jobId}/retry`, 'POST', undefined, key)).body.jobId).toBe(retried.body.jobId);
  });

  test.each([
    [{ brief: {} }, 'brief.topic: is required.'],
    [{ brief: { topic: 7 } }, 'brief.topic: must be of type string.'],
    [{}, 'brief: is required.'],
  ])('%j: %s', async (body, detail) => {
    expect((await api('/api/jobs', 'POST', body)).body.detail).toBe(detail);
  });

  test('what is not there is named as it was asked for', async () => {
    const { body } = await api('/api/nothing?of=this');
    expect(body).toMatchObject({ code: 'NotFound', detail: 'There is nothing at GET /api/nothing.' });
  });

  const brief = { topic: 'How tides work' };
  test.each([
    [{}, 'brief'],
    [{ brief: {} }, 'brief.topic'],
    [{ brief: { topic: '  ' } }, 'brief.topic'],
    [{ brief: { topic: 'ab' } }, 'brief.topic'],
    [{ brief: { topic: 'x'.repeat(501) } }, 'brief.topic'],
    [{ brief: { topic: 7 } }, 'brief.topic'],
    [{ brief: { ...brief, audience: 'x'.repeat(201) } }, 'brief.audience'],
    [{ brief: { ...brief, goal: 'x'.repeat(301) } }, 'brief.goal'],
    [{ brief: { ...brief, tone: 'x'.repeat(101) } }, 'brief.tone'],
    [{ brief: { ...brief, language: 'x'.repeat(51) } }, 'brief.language'],
    [{ brief: { ...brief, aspect: '4:3' } }, 'brief.aspect'],
    [{ brief, planSpec: { targetDuration: '00:00:09' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: '00:30:01' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: '00:00:75' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: '24:00:00' } }, 'planSpec.targetDuration'],
    [{ preset: 'simulated', brief: 'abc' }, 'brief'],
    [{ preset: 'simulated', planSpec: [1] }, 'planSpec'],
    [{ brief, renderSpec: { res: 'constructor' } }, 'renderSpec.res'],
    [{ brief, renderSpec: { res: '__proto__' } }, 'renderSpec.res'],
    [{ brief, renderSpec: { res: null } }, 'renderSpec.res'],
    [{ brief, planSpec: { targetDuration: '60' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: 60 } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: 'PT1M' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { targetDuration: '-00:01:00' } }, 'planSpec.targetDuration'],
    [{ brief, planSpec: { pacing: 'Glacial' } }, 'planSpec.pacing'],
    [{ brief, planSpec: { density: 'Thick' } }, 'planSpec.density'],
    [{ brief, planSpec: { style: 'x'.repeat(201) } }, 'planSpec.style'],
    [{ brief, planSpec: { minSceneCount: 9, maxSceneCount: 3 } }, 'planSpec.minSceneCount'],
    [{ brief, voiceSpec: { rate: 3 } }, 'voiceSpec.rate'],
    [{ brief, voiceSpec: { pitch: 21 } }, 'voiceSpec.pitch'],
    [{ brief, voiceSpec: { pause: '1.0' } }, 'voiceSpec.pause'],
    [{ brief, voiceSpec: { voiceName: 'x'.repeat(101) } }, 'voiceSpec.voiceName'],
    [{ brief, renderSpec: { res: { width: 127, height: 720 } } }, 'renderSpec.res'],
    [{ brief, renderSpec: { res: { width: 1281, height: 720 } } }, 'renderSpec.res'],
    [{ brief, renderSpec: { res: '99p' } }, 'renderSpec.res'],
    [{ brief, renderSpec: { container: 'avi' } }, 'renderSpec.container'],
    [{ brief, renderSpec: { container: 'webm', codec: 'H264' } }, 'renderSpec.codec'],
    [{ brief, renderSpec: { codec: 'DivX' } }, 'renderSpec.codec'],
    [{ brief, renderSpec: { videoBitrateK: 499 } }, 'renderSpec.videoBitrateK'],
    [{ brief, renderSpec: { audioBitrateK: 513 } }, 'renderSpec.audioBitrateK'],
    [{ brief, renderSpec: { fps: 0 } }, 'renderSpec.fps'],
    [{ brief, renderSpec: { fps: 29.97 } }, 'renderSpec.fps'],
    [{ brief, renderSpec: { qualityLevel: 101 } }, 'renderSpec.qualityLevel'],
    [{ brief, options: { quality: 'best' } }, 'options.quality'],
    [{ brief: { ...brief, llmParameters: { temperature: 2.1 } } }, 'brief.llmParameters.temperature'],
    [{ brief: { ...brief, llmParameters: { topP: 1.1 } } }, 'brief.llmParameters.topP'],
    [{ brief: { ...brief, llmParameters: { topK: 0 } } }, 'brief.llmParameters.topK'],
    [{ brief: { ...brief, llmParameters: { maxTokens: 0.5 } } }, 'brief.llmParameters.maxTokens'],
    [{ brief: { ...brief, llmParameters: { presencePenalty: 3 } } }, 'brief.llmParameters.presencePenalty'],
    [{ brief: { ...brief, llmParameters: { stopSequences: 'x' } } }, 'brief.llmParameters.stopSequences'],
    [{ brief: { ...brief, llmParameters: 7 } }, 'brief.llmParameters'],
    [
      { brief: { ...brief, promptModifiers: { additionalInstructions: 'x'.repeat(5001) } } },
      'brief.promptModifiers.additionalInstructions',
    ],
    [
      { brief: { ...brief, promptModifiers: { exampleStyle: 'x'.repeat(2001) } } },
      'brief.promptModifiers.exampleStyle',
    ],
    [{ brief: { ...brief, promptModifiers: { promptVersion: 'a b' } } }, 'brief.promptModifiers.promptVersion'],
    [{ brief: { ...brief, ragConfiguration: { enabled: 'yes' } } }, 'brief.ragConfiguration.enabled'],
    [{ brief: { ...brief, ragConfiguration: { enabled: true, topK: 0 } } }, 'brief.ragConfiguration.topK'],
    [{ brief: { ...brief, ragConfiguration: { minimumScore: 1.5 } } }, 'brief.ragConfiguration.minimumScore'],
    [{ brief, imageProvider: 'nonsense' }, 'imageProvider'],
    [{ brief, imageProvider: 'pexels' }, 'imageProvider'],
    [{ preset: 'nonsense', brief }, 'preset'],
    [{ preset: 'simulated', inputs: { eventsPerSecond: -1 } }, 'inputs.eventsPerSecond'],
  ])('AC-53, AC-54 refuses %j and names %s', async (body, field) => {
    const before = (await api('/api/jobs?limit=200')).body.count;

    const { status, headers, body: problem } = await api('/api/jobs', 'POST', body);

    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ code: 'InvalidInput', status: 400, correlationId: expect.any(String) });
    expect(problem.field).toMatch(new RegExp(`^${field}`));
    expect(problem.detail).toContain(problem.field);
    expect((await api('/api/jobs?limit=200')).body.count).toBe(before);
  });

  test('takes what the sheet names beside, and the images that need no key', async () => {
    const { status, body } = await api('/api/jobs', 'POST', {
      preset: 'simulated',
      inputs: { hold: true },
      brief: {
        ...brief,
        ragConfiguration: null,
        llmParameters: { temperature: '0.2', TopP: 1, modelOverride: 'other' },
        promptModifiers: {
          additionalInstructions: 'Short sentences.',
          promptVersion: 'v1_a-b',
          enableChainOfThought: true,
        },
      },
      imageProvider: 'Placeholder',
    });

    expect([status, body.status]).toEqual([202, 'Queued']);
    expect((await api(`/api/jobs/${body.jobId}`)).body.brief).not.toHaveProperty('llmParameters');
  });

  test('an image provider without its key is named, as the sheet asks', async () => {
    const { body } = await api('/api/jobs', 'POST', { preset: 'simulated', imageProvider: 'Unsplash' });

    expect(body).toMatchObject({ field: 'imageProvider', provider: 'unsplash' });
  });

  test.each(['{"brief":', '[]', '"x"', 'null', '7'])('refuses the body %s with a problem', async (body) => {
    expect(await api('/api/jobs', 'POST', body)).toMatchObject({ status: 400, body: { code: 'InvalidInput' } });
  });

  test('a body without its type is told what is missing', async () => {
    const { status, body } = await call(`${server.url}/api/jobs`, 'POST', '{}', { 'content-type': 'text/plain' });

    expect([status, body.detail]).toEqual([400, expect.stringContaining('Content-Type: application/json')]);
  });

  test('refuses a body that is too large with 413', async () => {
    expect(await api('/api/jobs', 'POST', { brief: { topic: 'x'.repeat(70_000) } })).toMatchObject({
      status: 413,
      body: { code: 'PayloadTooLarge' },
    });
  });

  test('takes names and choices without case, quoted numbers and aliases', async () => {
    const { status, body } = await api('/api/jobs', 'POST', {
      Preset: 'SIMULATED',
      Inputs: { Hold: true, events: '7' },
      BRIEF: { TOPIC: 'Tides\r\nand\u0000 waves', Aspect: 'portrait' },
      planSpec: { TargetDuration: '00:30:00', pacing: 'slow', density: 'normal' },
      voiceSpec: { rate: '1.5' },
      renderSpec: { res: '1080p', fps: '30' },
    });

    expect(status).toBe(202);
    expect((await api(`/api/jobs/${body.jobId}`)).body.brief).toMatchObject({
      topic: 'Tides and waves',
      aspect: 'Vertical9x16',
    });
  });

  test.each(['SAMPLE_HELLO_YOUTUBE', ' sample hello youtube', 'simulated '])(
    'a preset supplies the topic, however it is spelt: %j',
    async (preset) => {
      const { status, body } = await api('/api/jobs', 'POST', { preset, inputs: { hold: true } });
      expect(status).toBe(202);
      await api(`/api/jobs/${body.jobId}/cancel`, 'POST');
    },
  );

  test.each<[unknown]>([[{ toString: 1 }], [{ toString: null, valueOf: null }], [[['simulated']]], [7], [true]])(
    'a preset that is no text is refused: %j',
    async (preset) => {
      expect(await api('/api/jobs', 'POST', { preset })).toMatchObject({
        status: 400,
        body: { code: 'InvalidInput', errors: { preset: [expect.any(String)] } },
      });
    },
  );

  test('half a surrogate pair is no text, and becomes the sign for that', async () => {
    const { body } = await api('/api/jobs', 'POST', {
      preset: 'simulated',
      inputs: { hold: true },
      brief: { topic: 'Tides \ud800 waves' },
    });
    expect((await api(`/api/jobs/${body.jobId}`)).body.brief.topic).toBe('Tides \ufffd waves');
  });
});

describe('read', () => {
  test('nothing of it is stored on the way', async () => {
    const jobId = await simulate({ hold: true });
    for (const path of ['/api/jobs', `/api/jobs/${jobId}`, `/api/jobs/${jobId}/logs`, '/api/jobs/job-0', '/nowhere'])
      expect([path, (await api(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
  });

  test('the list has the newest first and obeys its limit', async () => {
    const a = await simulate({ hold: true });
    const b = await simulate({ hold: true });

    const { body } = await api('/api/jobs?limit=2');

    expect(body).toMatchObject({ count: 2, correlationId: expect.any(String) });
    expect(body.jobs.map((job: { jobId: string }) => job.jobId)).toEqual([b, a]);
    for (const limit of ['0', '201', '-1', 'x', '1e2'])
      expect((await api(`/api/jobs?limit=${limit}`)).status).toBe(400);
  });

  test.each([
    '/api/jobs/job-0000000000000000',
    '/api/jobs/..%2f..%2fetc',
    '/api/jobs/%00',
    '/api/nothing',
    '/artifacts/job-0000000000000000/output.mp4',
    '/artifacts/..%2f..%2fpackage.json/x',
    '/..%2fpackage.json',
    '/%E0%A4%A',
  ])('AC-64 GET %s is a problem and reads no file', async (path) => {
    const { status, body, headers } = await api(path);

    expect([400, 404]).toContain(status);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status, correlationId: expect.any(String) });
  });

  test('a job that waits tells its position', async () => {
    const running = await Promise.all([1, 2].map(() => simulate({ seconds: 60, eventsPerSecond: 1 })));
    const [first, second] = [await simulate({ events: 1 }), await simulate({ events: 1 })];

    expect((await api(`/api/jobs/${first}`)).body).toMatchObject({ status: 'Queued', queuePosition: 0 });
    expect((await api(`/api/jobs/${second}`)).body).toMatchObject({ status: 'Queued', queuePosition: 1 });

    for (const jobId of [first, second, ...running]) await api(`/api/jobs/${jobId}/cancel`, 'POST');
    for (const jobId of [first, second, ...running]) await ended(jobId);
  });
});

describe('the quick demo', () => {
  const demo = (body?: unknown, headers = {}) => api('/api/quick/demo', 'POST', body, headers);

  test('needs nothing, not even a body, and takes a topic', async () => {
    const made = [await demo(), await demo({ topic: 'Bread and salt' }), await demo({ topic: null })];
    for (const { status, headers, body } of made) {
      expect([status, body.status, headers.get('location')]).toEqual([200, 'queued', `/api/jobs/${body.jobId}`]);
      await api(`/api/jobs/${body.jobId}/cancel`, 'POST');
      await ended(body.jobId);
    }
    const titles = await Promise.all(made.map(async ({ body }) => (await api(`/api/jobs/${body.jobId}`)).body.title));
    expect(titles[1]).toBe('Bread and salt');
    expect(titles[0]).toBe(titles[2]);
  });

  test('is made once for one idempotency key, and refuses what is no topic', async () => {
    const key = { 'idempotency-key': 'demo-1' };
    const [one, two] = [await demo({}, key), await demo({}, key)];
    await api(`/api/jobs/${one.body.jobId}/cancel`, 'POST');
    expect(two.body.jobId).toBe(one.body.jobId);
    expect(await demo({ topic: 7 })).toMatchObject({ status: 400, body: { field: 'topic' } });
    expect(await demo({ topic: 'ab' })).toMatchObject({ status: 400, body: { field: 'brief.topic' } });
  });
});

describe('methods', () => {
  test.each([
    ['PUT', '/api/jobs', 'GET, POST'],
    ['PUT', '/api/jobs/job-1', 'GET, DELETE'],
    ['GET', '/api/jobs/cancel', 'POST'],
    ['POST', '/api/jobs/job-1/logs', 'GET'],
    ['POST', '/api/jobs/job-1/events', 'GET'],
    ['POST', '/api/jobs/job-1/ws', 'GET'],
    ['DELETE', '/api/events', 'GET'],
    ['GET', '/api/jobs/job-1/cancel', 'POST'],
    ['GET', '/api/jobs/job-1/retry', 'POST'],
  ])('%s %s is 405 and says what is served', async (method, path, allowed) => {
    const { status, headers, body } = await api(path, method);

    expect([status, body.code, headers.get('allow')]).toEqual([405, 'MethodNotAllowed', allowed]);
  });

  test('HEAD of a stream answers its headers and ends', async () => {
    const response = await fetch(`${server.url}/api/jobs/${await simulate({ hold: true })}/events`, { method: 'HEAD' });

    expect([response.status, response.headers.get('content-type'), response.headers.get('x-accel-buffering')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no',
    ]);
  });

  test('a charset that is not known is 415', async () => {
    const response = await fetch(`${server.url}/api/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=koi8-r' },
      body: '{}',
    });

    expect(response.status).toBe(415);
  });
});

describe('cancel', () => {
  test('AC-19 a running job stops where it is', async () => {
    const jobId = await simulate({ seconds: 120, eventsPerSecond: 10 });
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
    await stream.until((frames) => frames.some(({ event }) => event === 'step-progress'));

    const { status, body } = await api(`/api/jobs/${jobId}/cancel`, 'POST');
    await stream.ended;

    expect(status).toBe(202);
    expect(body).toMatchObject({
      jobId,
      currentStatus: 'Running',
      cleanupScheduled: true,
      providerStatuses: [],
      warnings: [],
    });
    expect(stream.events.slice(-2).map(({ event, data }) => [event, (data as { status: string }).status])).toEqual([
      ['job-status', 'Canceled'],
      ['job-cancelled', 'Cancelled'],
    ]);
    const { percent } = stream.events.findLast(({ event }) => event === 'step-progress')!.data as { percent: number };
    expect((await api(`/api/jobs/${jobId}`)).body).toMatchObject({ status: 'Canceled', stage: 'Script', percent });
  });

  test('AC-20 a queued job never starts', async () => {
    const jobId = await canceled();
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
    await stream.ended;

    expect(stream.events.map(({ event, data }) => `${event} ${(data as { status: string }).status}`)).toEqual([
      'job-status Queued',
      'job-status Canceled',
      'job-cancelled Cancelled',
    ]);
    expect(stream.events.at(-1)!.data).toMatchObject({ stage: 'Script', jobId, message: expect.any(String) });
  });

  test.each([
    ['Succeeded', succeeded],
    ['Failed', failed],
    ['Canceled', canceled],
  ])('AC-21 a job that is %s cannot be cancelled', async (status, make) => {
    const jobId = await make();

    expect(await api(`/api/jobs/${jobId}/cancel`, 'POST')).toMatchObject({
      status: 409,
      body: { code: 'NotCancellable', currentStatus: status },
    });
    expect((await api(`/api/jobs/${jobId}`)).body.status).toBe(status);
  });

  test('AC-22 twice at once makes one end', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 10 });
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
    await stream.until((frames) => frames.some(({ event }) => event === 'step-progress'));

    const answers = await Promise.all([1, 2, 3].map(() => api(`/api/jobs/${jobId}/cancel`, 'POST')));
    await stream.ended;

    expect(answers[0]!.status).toBe(202);
    for (const { status } of answers) expect([202, 409]).toContain(status);
    expect(stream.events.filter(({ event }) => event === 'job-cancelled')).toHaveLength(1);
  });

  test('AC-24 racing completion, one end wins and everybody agrees', async () => {
    for (let round = 0; round < 20; round++) {
      const jobId = await simulate({ events: 30 + round * 3, eventsPerSecond: 1000 });
      const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
      await stream.until((frames) => frames.some(({ data }) => (data as { seq?: number })?.seq === 25));
      await api(`/api/jobs/${jobId}/cancel`, 'POST');
      await stream.ended;

      const ends = stream.events.filter(({ event }) => /^job-(completed|failed|cancelled)$/.test(event!));
      expect(ends).toHaveLength(1);
      const expected = ends[0]!.event === 'job-completed' ? 'Succeeded' : 'Canceled';
      expect((await api(`/api/jobs/${jobId}`)).body.status).toBe(expected);
    }
  });

  test('an unknown job is 404', async () => {
    expect((await api('/api/jobs/job-0000000000000000/cancel', 'POST')).status).toBe(404);
  });
});

describe('retry', () => {
  test('AC-58 makes a new job and leaves the failed one alone', async () => {
    const jobId = await failed();

    const { status, headers, body } = await api(`/api/jobs/${jobId}/retry`, 'POST');

    expect(status).toBe(202);
    expect(body).toMatchObject({ retryOf: jobId, attempt: 2 });
    expect(body.jobId).not.toBe(jobId);
    expect(headers.get('location')).toBe(`/api/jobs/${body.jobId}`);
    expect((await api(`/api/jobs/${body.jobId}`)).body).toMatchObject({ retryOf: jobId, attempt: 2 });
    expect((await api(`/api/jobs/${jobId}`)).body.status).toBe('Failed');
  });

  test.each([
    ['Succeeded', succeeded],
    ['Canceled', canceled],
    ['Queued', () => simulate({ hold: true })],
  ])('a job that is %s cannot be retried', async (status, make) => {
    const jobId = await make();

    expect(await api(`/api/jobs/${jobId}/retry`, 'POST')).toMatchObject({
      status: 409,
      body: { code: 'NotRetryable', currentStatus: status, suggestedActions: [expect.any(String)] },
    });
  });
});

describe('other origins', () => {
  test.each([
    ['http://localhost:8080', true],
    ['https://partner.example', true],
    ['https://evil.example', false],
    ['http://localhost.evil.example', false],
  ])('AC-68 preflight from %s: %s', async (origin, allowed) => {
    const { headers } = await api('/api/jobs/x/events', 'OPTIONS', undefined, {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'last-event-id,authorization,x-correlation-id',
    });

    expect(headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
    if (allowed)
      expect(headers.get('access-control-allow-headers')).toMatch(/Authorization.*Last-Event-ID.*X-Correlation-ID/i);
  });

  test('answers expose the headers that the SDK reads', async () => {
    const { headers } = await api('/api/jobs', 'GET', undefined, { origin: 'http://localhost:8080' });

    expect(headers.get('access-control-expose-headers')).toMatch(/Retry-After.*X-Correlation-ID/);
  });

  // A file that was opened by its link was taken from the cache for a player with `crossorigin`, and did not play.
  test('answers depend on the origin, also where none asks or none is allowed', async () => {
    for (const path of ['/api/jobs', '/api/jobs/none', '/artifacts/none/output.mp4', '/none', '/'])
      for (const headers of [{}, { origin: 'http://localhost:8080' }, { origin: 'https://evil.example' }])
        expect((await api(path, 'GET', undefined, headers)).headers.get('vary'), path).toMatch(/\bOrigin\b/);
  });

  test('a page that may not read may not command either', async () => {
    const { status, body } = await api(
      '/api/jobs',
      'POST',
      { preset: 'simulated' },
      { origin: 'https://evil.example' },
    );

    expect([status, body.code]).toEqual([403, 'AccessDenied']);
  });

  test('a foreign host name is refused (DNS rebinding)', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(server.url);
      request({ host: '127.0.0.1', port, path: '/api/jobs', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

    expect(status).toBe(403);
  });

  test('a page of this server may load no foreign script', async () => {
    const { headers } = await api('/');

    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
