/** A token travels by every transport, and one that is not known is refused by each in the same words (AC-49). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { auto, longPolling, sse, webSocket } from '@aura-jobs/sdk/transports';
import type { Transport } from '@aura-jobs/sdk/transports';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';

const KEY = '0123456789abcdef0123456789abcdef-_+/=';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_AUTH_API_KEYS: `owner:${KEY}`, AURA_CONCURRENCY: '4' });
});

afterAll(() => server.stop());

async function typesOf(transport: Transport, token: string, jobId: string): Promise<string[]> {
  const client = new AuraClient({ baseUrl: server.url, transport, getToken: () => token });
  const types: string[] = [];
  for await (const { type } of client.events(jobId, { replay: 'all' })) types.push(type);
  return types;
}

test.each<[string, Transport]>([
  ['Server-Sent Events', sse],
  ['WebSocket', webSocket],
  ['long polling', longPolling()],
  ['auto', auto()],
])('%s', async (_name, transport) => {
  const client = new AuraClient({ baseUrl: server.url, getToken: () => KEY });
  const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { events: 5, eventsPerSecond: 0 } });

  expect((await typesOf(transport, KEY, jobId)).at(-1)).toBe('job-completed');
  await expect(typesOf(transport, 'wrong', jobId)).rejects.toMatchObject({
    name: 'AccessDeniedError',
    status: 401,
    retryable: false,
  });
});
