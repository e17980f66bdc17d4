/** A real Redis on a free port, which keeps what it has acknowledged. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { findProgram } from './installed-program.ts';
import { REDIS } from './programs.ts';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** For looks behind the scenes. */
  readonly client: Redis;
  /** Kills the process as a crash would. */
  kill(): Promise<void>;
  /** Starts again on the same port and data. */
  restart(): Promise<void>;
  /** Stops answering without closing anything, as in a partition. @returns a function that ends it */
  freeze(): () => void;
  stop(): Promise<void>;
}

/** @param master port of the one whose replica it is */
export async function startRedis({ master }: { readonly master?: number } = {}): Promise<TestRedis> {
  const program = await findProgram(REDIS);
  const folder = await mkdtemp(join(tmpdir(), 'aura-redis-'));
  const port = await freePort();
  let child = await launch();
  const client = new Redis({ port, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  // Tests kill it on purpose.
  client.on('error', () => {});
  await client.ping();

  async function launch(): Promise<ChildProcess> {
    const keep = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
    const role = master === undefined ? [] : ['--replicaof', `127.0.0.1 ${master}`];
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...keep, ...role];
    const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of started.stdout) {
      output += String(chunk);
      if (output.includes('Ready to accept connections')) return started;
    }
    throw new Error(`Redis did not start: ${output}`);
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    client,
    kill,
    async restart() {
      child = await launch();
    },
    freeze() {
      child.kill('SIGSTOP');
      return () => void child.kill('SIGCONT');
    },
    async stop() {
      client.disconnect();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
