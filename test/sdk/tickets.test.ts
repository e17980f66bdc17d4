/** Tickets for what sends no headers: asked for only where there is a token, and given to this backend alone (C-25, AC-49). */
import { afterEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { startReferenceServer } from '../support/reference-server.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const PATH = '/artifacts/job-1/output.mp4';

let backend: ScriptedServer;

afterEach(() => backend?.close());

/** A backend that answers everything with this, and its client. */
async function answering(status: number, body: object, getToken?: () => string): Promise<AuraClient> {
  backend = await startScriptedServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return new AuraClient({ baseUrl: backend.url, ...(getToken && { getToken }) });
}

test('the reference server takes the URL without a header, and no other', async () => {
  const server = await startReferenceServer({ AURA_AUTH_API_KEYS: `owner:${KEY}` });
  try {
    const client = new AuraClient({ baseUrl: server.url, getToken: () => KEY });
    const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { hold: true } });
    const ticket = await client.jobs.ticket(jobId);
    expect(ticket).toEqual({ token: expect.any(String), expiresInSeconds: 600 });

    // It has no files; that is another answer than to somebody who may not know.
    const path = `/artifacts/${jobId}/output.mp4`;
    expect((await fetch(client.url(path, ticket)!)).status).toBe(404);
    expect((await fetch(client.url(path)!)).status).toBe(401);
    expect((await fetch(client.url(`/api/jobs/${jobId}`, ticket)!)).status).toBe(401);
    await expect(client.jobs.ticket('job-0000000000000000')).resolves.toBeNull();
  } finally {
    await server.stop();
  }
});

test('a client without a token asks for none, and its URLs are plain', async () => {
  for (const getToken of [undefined, () => '']) {
    const client = await answering(201, { token: 'abc' }, getToken);
    const ticket = await client.jobs.ticket('job-1');
    expect(ticket).toBeNull();
    expect(client.url(PATH, ticket)).toBe(backend.url + PATH);
    expect(backend.requests).toHaveLength(0);
    await backend.close();
  }
});

test.each([404, 405])('a backend that knows no tickets (%i) has plain URLs', async (status) => {
  const client = await answering(status, { title: 'No.' }, () => KEY);
  const ticket = await client.jobs.ticket('job-1');
  expect(ticket).toBeNull();
  expect(client.url(PATH, ticket)).toBe(backend.url + PATH);
});

test.each([
  [401, 'AccessDeniedError'],
  [403, 'AccessDeniedError'],
  [500, 'ServerError'],
])('any other refusal is told: %i', async (status, name) => {
  const client = await answering(status, { title: 'No.' }, () => KEY);
  await expect(client.jobs.ticket('job-1')).rejects.toMatchObject({ name, status });
});

test('one that says not how long its ticket lasts is believed to have done as asked', async () => {
  const client = await answering(201, { token: 'a b&c' }, () => KEY);
  const ticket = await client.jobs.ticket('job-1');
  expect(ticket).toEqual({ token: 'a b&c', expiresInSeconds: 600 });
  expect(client.url(PATH, ticket)).toBe(`${backend.url}${PATH}?ticket=a%20b%26c`);
  expect(client.url(`${PATH}?download`, ticket)).toBe(`${backend.url}${PATH}?download&ticket=a%20b%26c`);
});

test('no other server gets to see a ticket', () => {
  const client = new AuraClient({ baseUrl: 'https://video.example.com' });
  const ticket = { token: 'abc', expiresInSeconds: 600 };
  expect(client.url('https://cdn.example.com/output.mp4', ticket)).toBe('https://cdn.example.com/output.mp4');
  expect(client.url('blob:https://video.example.com/1', ticket)).toBe('blob:https://video.example.com/1');
  expect(client.url('//cdn.example.com/output.mp4', ticket)).toBeNull();
});
