/** Where artifacts lie makes no difference to who reads them: the same cases for a folder and for a real S3-compatible store. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ArtifactStore } from '../../../reference-server/src/artifacts/artifact-store.ts';
import { openArtifactStore } from '../../../reference-server/src/artifacts/open-artifact-store.ts';
import { S3ArtifactStore } from '../../../reference-server/src/artifacts/s3-artifact-store.ts';
import type { S3Place } from '../../../reference-server/src/artifacts/s3-artifact-store.ts';
import { readConfig } from '../../../reference-server/src/config.ts';
import { errorHandler } from '../../../reference-server/src/http/middleware/error-handler.ts';
import { storageFault } from '../../../reference-server/src/jobs/storage-fault.ts';
import { ServerMetrics } from '../../../reference-server/src/metrics/server-metrics.ts';
import { startObjectStore } from '../../support/object-store.ts';
import type { ObjectStore } from '../../support/object-store.ts';

/** An installation may be part of it. */
const SETUP_MS = 300_000;
const JOB = 'job-1';
const VIDEO = Buffer.from(Array.from({ length: 200_000 }, (_, n) => n % 251));

let folder: string;
let objects: ObjectStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-artifacts-'));
  objects = await startObjectStore();
  for (const [name, value] of Object.entries(objects.environment)) vi.stubEnv(name, value);
}, SETUP_MS);

afterAll(async () => {
  vi.unstubAllEnvs();
  await objects?.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = (environment: Record<string, string> = {}): Promise<ArtifactStore> =>
  openArtifactStore(readConfig({ AURA_DATA_DIR: folder, ...environment }).artifacts);

describe.each([
  ['a folder', false],
  ['an S3-compatible store', true],
])('%s', (_name, s3) => {
  let store: ArtifactStore;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    store = await open(s3 ? objects.environment : {});
    const app = express();
    app.get('/:name', async (request, response) => {
      if (await store.send(JOB, request.params.name, response.type('video/mp4'))) return;
      response.status(404).end();
    });
    app.use(errorHandler(pino({ level: 'silent' }), new ServerMetrics()));
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await publish({ 'output.mp4': VIDEO, 'ein Bild – 1.png': Buffer.from('png'), 'empty.txt': Buffer.alloc(0) });
  });

  afterAll(() => server.close());

  async function publish(files: Readonly<Record<string, Buffer>>, jobId = JOB) {
    const made = Object.entries(files).map(async ([name, bytes], index) => {
      const file = join(folder, `made-${index}`);
      await writeFile(file, bytes);
      return { name, file, type: 'video/mp4' };
    });
    return store.publish(jobId, await Promise.all(made));
  }

  // As a browser says it by itself; `fetch` in Node would say "no-cache" beside a condition.
  const get = (name: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(`${url}/${encodeURIComponent(name)}`, { headers: { 'cache-control': 'max-age=0', ...headers }, method });

  test('tells what it took: path, type and size', async () => {
    expect(await publish({ 'a b.mp4': VIDEO }, 'job-2')).toEqual([
      { name: 'a b.mp4', path: '/artifacts/job-2/a%20b.mp4', type: 'video/mp4', sizeBytes: VIDEO.length },
    ]);
    await store.remove('job-2');
  });

  test('sends a file whole, byte for byte, with its length', async () => {
    const response = await get('output.mp4');
    expect([response.status, response.headers.get('content-length'), response.headers.get('accept-ranges')]).toEqual([
      200,
      String(VIDEO.length),
      'bytes',
    ]);
    expect(Buffer.from(await response.arrayBuffer()).equals(VIDEO)).toBe(true);
  });

  test('names of any alphabet, and a file with nothing in it', async () => {
    expect(await (await get('ein Bild – 1.png')).text()).toBe('png');
    const empty = await get('empty.txt');
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  test.each([
    ['bytes=100-199', 100, 200],
    ['bytes=-10', VIDEO.length - 10, VIDEO.length],
    ['bytes=199990-', 199_990, VIDEO.length],
    ['bytes=199990-999999', 199_990, VIDEO.length],
  ])('RFC 9110, 14: %s', async (range, from, to) => {
    const response = await get('output.mp4', { range });
    expect([response.status, response.headers.get('content-range')]).toEqual([
      206,
      `bytes ${from}-${to - 1}/${VIDEO.length}`,
    ]);
    expect(Buffer.from(await response.arrayBuffer()).equals(VIDEO.subarray(from, to))).toBe(true);
  });

  test('RFC 9110, 15.5.17: a range that lies outside', async () => {
    const response = await get('output.mp4', { range: `bytes=${VIDEO.length}-` });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      416,
      'application/problem+json; charset=utf-8',
    ]);
    expect(response.headers.get('content-range')).toBe(`bytes */${VIDEO.length}`);
    expect(await response.json()).toMatchObject({ code: 'RangeNotSatisfiable' });
  });

  test.each(['bytes=0-9,100-109', 'bytes=abc', 'items=0-9'])('RFC 9110, 14.2: %s has the whole file', async (range) => {
    const response = await get('output.mp4', { range });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(Buffer.from(await response.arrayBuffer()).equals(VIDEO)).toBe(true);
  });

  test('what nobody wants any more is not taken over', async () => {
    const stopped = new Error('stopped');
    const file = join(folder, 'unwanted');
    await writeFile(file, VIDEO);
    const files = [{ name: 'unwanted.mp4', file, type: 'video/mp4' }];
    await expect(store.publish('job-4', files, AbortSignal.abort(stopped))).rejects.toThrow();
    if (s3) expect((await objects.keys()).filter((key) => key.includes('job-4'))).toEqual([]);
  });

  describe('a long file', () => {
    // More than the buffers on the way hold.
    const LENGTH = 32 * 1024 * 1024;
    let sending: Server;
    let address: string;

    beforeAll(async () => {
      const patient = s3 ? new S3ArtifactStore(readConfig(objects.environment).artifacts as S3Place, 200) : store;
      await publish({ 'long.mp4': Buffer.alloc(LENGTH, 'x') }, 'job-5');
      const app = express().get('/', (_request, response) => void patient.send('job-5', 'long.mp4', response));
      sending = createServer(app).listen(0, '127.0.0.1');
      await new Promise((resolve) => sending.once('listening', resolve));
      address = `http://127.0.0.1:${(sending.address() as AddressInfo).port}`;
    });

    afterAll(() => sending.close());

    /** @returns how much came after something was done in the middle */
    async function readAround(something: () => void | Promise<void>): Promise<number> {
      const reader = (await fetch(address)).body!.getReader();
      let length = (await reader.read()).value!.length;
      await something();
      for (let part = await reader.read(); !part.done; part = await reader.read()) length += part.value.length;
      return length;
    }

    test('comes whole when its reader rests for longer than a store may be silent', async () => {
      expect(await readAround(() => delay(1500))).toBe(LENGTH);
    });

    if (s3)
      test('breaks off, so that the reader comes back, when the store hangs', async () => {
        let thaw = (): void => {};
        await expect(readAround(() => void (thaw = objects.freeze()))).rejects.toThrow('terminated');
        thaw();
      });
  });

  test('RFC 9110, 13.1: what the reader has already is not sent again', async () => {
    const first = await get('output.mp4');
    await first.arrayBuffer();
    const [etag, modified] = [first.headers.get('etag')!, first.headers.get('last-modified')!];
    const byTag = await get('output.mp4', { 'if-none-match': etag });
    expect([byTag.status, byTag.headers.get('etag'), await byTag.text()]).toEqual([304, etag, '']);
    // Whether the bytes may differ does not matter here: tags are compared without their "weak" mark, and several may come.
    const strong = etag.replace(/^W\//, '');
    for (const known of [`W/${strong}`, `"other", W/${strong}`, `"other",${strong}`, '*']) {
      const answer = await get('output.mp4', { 'if-none-match': known });
      expect([known, answer.status, answer.headers.get('etag')]).toEqual([known, 304, etag]);
    }
    expect((await get('output.mp4', { 'if-modified-since': modified })).status).toBe(304);
    expect((await get('output.mp4', { 'if-none-match': '"other"' })).status).toBe(200);
    // RFC 9110, 13.2.2: whether it is the same file is asked before which part of it is wanted.
    expect((await get('output.mp4', { 'if-none-match': etag, range: 'bytes=999999-' })).status).toBe(304);
    expect((await get('output.mp4', { 'if-none-match': '"other"', range: 'bytes=999999-' })).status).toBe(416);
  });

  test('RFC 9110, 13.1.5: If-Range sends the part of the same file, and another one whole', async () => {
    const modified = (await get('output.mp4', {}, 'HEAD')).headers.get('last-modified')!;
    const range = 'bytes=0-9';
    expect((await get('output.mp4', { range, 'if-range': modified })).status).toBe(206);
    const other = await get('output.mp4', { range, 'if-range': '"other"' });
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, VIDEO.length]);
  });

  test('HEAD has the head alone', async () => {
    const response = await get('output.mp4', {}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      String(VIDEO.length),
      '',
    ]);
  });

  test('a reader that goes away in the middle leaves the others alone', async () => {
    const gone = new AbortController();
    const response = await fetch(`${url}/output.mp4`, { signal: gone.signal });
    await response.body!.getReader().read();
    gone.abort();
    expect((await get('output.mp4')).status).toBe(200);
  });

  test('what is not there, and what is no more', async () => {
    await publish({ 'output.mp4': VIDEO, 'b.txt': Buffer.from('b') }, 'job-3');
    expect((await get('nothing.mp4')).status).toBe(404);
    await store.remove('job-3');
    await store.remove('job-3');
    expect((await get('output.mp4')).status).toBe(200);
    if (s3) expect((await objects.keys()).filter((key) => key.includes('job-3'))).toEqual([]);
  });

  test('a second telling takes the place of the first', async () => {
    await publish({ 'again.txt': Buffer.from('one') });
    await publish({ 'again.txt': Buffer.from('two!') });
    expect(await (await get('again.txt')).text()).toBe('two!');
  });
});

describe('an S3-compatible store that cannot be used is told of in words that help', () => {
  test.each([
    ['a bucket that is not there', { AURA_ARTIFACTS: 's3://nobody' }, /no such bucket. Create it/],
    ['nobody at the address', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }, /does not answer. Start it/],
  ])('%s', async (_case, environment, words) => {
    const error: unknown = await open({ ...objects.environment, ...environment }).catch((thrown: unknown) => thrown);
    expect(storageFault(error)).toMatchObject({ code: 'ServiceUnavailable', message: expect.stringMatching(words) });
  });

  test('a store that takes connections and says nothing', async () => {
    const store = await open(objects.environment);
    const thaw = objects.freeze();
    try {
      const error: unknown = await store.check().catch((thrown: unknown) => thrown);
      expect(storageFault(error)?.message).toMatch(/does not answer. Start it/);
    } finally {
      thaw();
    }
    await store.check();
  });

  test('keys that it does not know', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    try {
      const error: unknown = await open(objects.environment).catch((thrown: unknown) => thrown);
      expect(storageFault(error)?.message).toMatch(/does not let this server in. Look at its credentials/);
    } finally {
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', objects.environment.AWS_SECRET_ACCESS_KEY);
    }
  });

  test.each(['s3://', 's3://UPPER', 's3:/bucket', 'gs://bucket', 'https://bucket.example'])(
    '%s is refused before anything starts',
    (place) => {
      const isFolder = place === 's3:/bucket';
      const read = () => readConfig({ AURA_ARTIFACTS: place });
      if (isFolder) expect(read().artifacts).toHaveProperty('folder');
      else expect(read).toThrow(/AURA_ARTIFACTS: must be a folder, s3:\/\/bucket or s3:\/\/bucket\/path/);
    },
  );
});
