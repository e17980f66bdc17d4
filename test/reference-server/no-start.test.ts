/** A server that cannot start says why, and what to do, in one or two lines. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { startReferenceServer } from '../support/reference-server.ts';

const MAIN = fileURLToPath(new URL('../../reference-server/src/main.ts', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-start-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** @returns what it says before it ends */
async function start(
  environment: Record<string, string>,
  ...flags: string[]
): Promise<{ code: number; stderr: string }> {
  const env = { ...process.env, PORT: '0', AURA_DATA_DIR: join(folder, 'data'), ...environment };
  return promisify(execFile)(process.execPath, ['--conditions=aura-source', ...flags, MAIN], {
    env,
    timeout: 30_000,
  }).then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  );
}

test.each(['a file', 'a file/below it'])('the data folder is %s', async (name) => {
  await writeFile(join(folder, 'a file'), '');
  const { code, stderr } = await start({ AURA_DATA_DIR: join(folder, name) });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^AURA_DATA_DIR: .* cannot be a folder, since a file is in its place\. Choose another one\.\n$/,
  );
});

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('Not run: a data folder below /proc.');

(isLinux ? test : () => {})('no folder can be made where the data folder shall be', async () => {
  for (const path of ['/proc/aura', '/proc/aura/data']) {
    const { code, stderr } = await start({ AURA_DATA_DIR: path });
    expect([code, stderr]).toEqual([1, 'AURA_DATA_DIR: no folder can be made at /proc/aura. Choose another one.\n']);
  }
});

test('Node is too old', async () => {
  // As if it had no database yet.
  const { code, stderr } = await start({}, '--no-experimental-sqlite');
  expect([code, stderr]).toEqual([
    1,
    `The server needs Node 22.18 or newer, and this is ${process.version}. npm start brings its own.\n`,
  ]);
});

test('a fault that is found late ends the process all the same', async () => {
  const data = join(folder, 'damaged');
  const { stop, ...server } = await startReferenceServer({ AURA_CONCURRENCY: '1' });
  try {
    const { body } = await call(`${server.url}/api/jobs`, 'POST', { preset: 'simulated', inputs: { hold: true } });
    expect(body.jobId).toBeDefined();
    await server.terminate();
    const database = new DatabaseSync(join(server.dataDir, 'aura.sqlite'));
    // What is read at the start, after the port is open already.
    database.exec("UPDATE jobs SET record = 'no JSON'");
    database.close();
    await cp(server.dataDir, data, { recursive: true });
  } finally {
    await stop();
  }
  const { code, stderr } = await start({ AURA_DATA_DIR: data });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/./)]);
});

test('the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    const { code, stderr } = await start({ PORT: String(port) });
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} is in use. Stop the other server, or choose a port: PORT=5006 npm start\n`,
    ]);
  } finally {
    other.close();
  }
});
