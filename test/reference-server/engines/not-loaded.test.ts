/** What is not used is not loaded: a server without Redis starts as if there were no Redis client. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SERVER = new URL('../../../reference-server/src/index.ts', import.meta.url).href;

/** Opens and closes a server, and prints the packages that were loaded for it. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      packages.add(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]);
      return next(url, context);
    },
  });
  const { createServer, readConfig } = await import(${JSON.stringify(SERVER)});
  const server = await createServer(readConfig({ ...process.env, PORT: '0' }));
  await server.listen();
  await server.close();
  console.log(JSON.stringify([...packages]));
`;

test('without Redis neither its client nor BullMQ nor the S3 client is loaded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aura-loads-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=aura-source', '--input-type=module', '--eval', PROGRAM],
      { env: { ...process.env, AURA_DATA_DIR: folder } },
    );
    const packages = JSON.parse(stdout) as string[];
    expect(packages).toContain('express');
    for (const name of ['ioredis', 'bullmq', '@aws-sdk/client-s3']) expect(packages).not.toContain(name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
