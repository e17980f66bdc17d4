/** A real S3-compatible store on free ports: OpenStack Swift, one process for each of its four servers. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { findProgram } from './installed-program.ts';
import { SWIFT } from './programs.ts';

export interface ObjectStore {
  /** Settings for a server that keeps its artifacts here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly client: S3Client;
  readonly bucket: string;
  /** Keys of all objects in the bucket. */
  keys(): Promise<string[]>;
  /** Ends what answers requests, as an outage does; what is stored stays. */
  down(): Promise<void>;
  /** Lets what answers requests hang: connections are taken, and nothing is said. @returns a function that ends it */
  freeze(): () => void;
  /** Brings it back at the same address. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const STORAGE = ['account', 'container', 'object'] as const;
const BUCKET = 'videos';

export async function startObjectStore(): Promise<ObjectStore> {
  const proxy = await findProgram(SWIFT);
  const folder = await mkdtemp(join(tmpdir(), 'aura-swift-'));
  const program = (name: string): string => join(dirname(proxy), `swift-${name}`);
  await mkdir(join(folder, 'devices/disk'), { recursive: true });
  const common = (port: number): string =>
    `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nuser = ${process.env.USER ?? 'root'}\n` +
    `swift_dir = ${folder}\ndevices = ${join(folder, 'devices')}\nmount_check = false\nlog_level = ERROR\n`;
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

  await write(
    'swift.conf',
    '[swift-hash]\nswift_hash_path_suffix = aura\n[storage-policy:0]\nname = one\ndefault = yes\n',
  );
  const servers: ChildProcess[] = [];
  for (const kind of STORAGE) {
    const port = await freePort();
    const ring = (...args: string[]): Promise<unknown> =>
      run(program('ring-builder'), [join(folder, `${kind}.builder`), ...args]);
    await ring('create', '2', '1', '0');
    await ring('add', `r1z1-127.0.0.1:${port}/disk`, '1');
    await ring('rebalance');
    await write(
      `${kind}.conf`,
      `${common(port)}[pipeline:main]\npipeline = ${kind}-server\n[app:${kind}-server]\nuse = egg:swift#${kind}\n`,
    );
    servers.push(await launch(kind, port));
  }
  const port = await freePort();
  await write(
    'proxy.conf',
    `${common(port)}[pipeline:main]\npipeline = catch_errors cache bulk s3api tempauth slo dlo proxy-server\n` +
      '[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n' +
      // Its cache is one that is not there: it goes on without.
      '[filter:cache]\nuse = egg:swift#memcache\nmemcache_servers = 127.0.0.1:1\n' +
      '[filter:s3api]\nuse = egg:swift#s3api\nlocation = us-east-1\n' +
      '[filter:tempauth]\nuse = egg:swift#tempauth\nuser_aura_tester = secret-of-tests .admin\n' +
      ['catch_errors', 'bulk', 'slo', 'dlo'].map((name) => `[filter:${name}]\nuse = egg:swift#${name}\n`).join(''),
  );
  let front = await launch('proxy', port);

  async function launch(kind: string, onPort: number): Promise<ChildProcess> {
    const child = spawn(program(`${kind}-server`), [join(folder, `${kind}.conf`)], {
      env: { ...process.env, SWIFT_DIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`swift-${kind}-server did not start: ${output}`);
      return answers(onPort);
    });
    return child;
  }

  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'aura:tester', secretAccessKey: 'secret-of-tests' };
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    client,
    bucket: BUCKET,
    environment: {
      AURA_ARTIFACTS: `s3://${BUCKET}/aura`,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      return Contents.map(({ Key }) => Key!);
    },
    down: () => end(front),
    freeze() {
      front.kill('SIGSTOP');
      return () => void front.kill('SIGCONT');
    },
    async up() {
      front = await launch('proxy', port);
    },
    async stop() {
      client.destroy();
      await Promise.all([front, ...servers].map(end));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function answers(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  const there = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return there;
}
