/** The reference server as a real process on a free port, with a data folder of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAnswers } from './answers/checked-server.ts';
import { ownDatabase } from './own-database.ts';

const MAIN = fileURLToPath(new URL('../../reference-server/src/main.ts', import.meta.url));

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it has written to stdout and stderr, over all starts. */
  readonly output: string;
  /** Settings; changes count from the next start on. */
  readonly environment: Record<string, string>;
  /** Kills the process as a crash would, also while it starts. */
  kill(): Promise<void>;
  /** Ends the process in order. @returns its exit code */
  terminate(): Promise<number | null>;
  /** Starts again on the same port and data. @throws when the process ends before it is ready */
  restart(): Promise<void>;
  /** Ends the process and removes its data. @throws when it has answered what it does not describe */
  stop(): Promise<void>;
}

/** @param environment settings on top of a quiet server that allows simulated jobs */
export async function startReferenceServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aura-test-'));
  const check = checkAnswers(dataDir);
  const database = ownDatabase();
  let child: ChildProcess;
  let output = '';
  const url = await launch('0');
  const { port } = new URL(url);

  /** @returns its base URL */
  async function launch(onPort: string): Promise<string> {
    const started = spawn(process.execPath, ['--conditions=aura-source', ...check.args, MAIN], {
      env: {
        ...process.env,
        ...database,
        ...check.env,
        AURA_ALLOW_SIMULATION: '1',
        PORT: onPort,
        AURA_DATA_DIR: dataDir,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const before = output.length;
    return new Promise((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output += String(chunk);
        const match = /ready at (\S+)/.exec(output.slice(before));
        if (match) resolve(match[1]!);
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.once('close', () => reject(new Error(`The server did not start: ${output.slice(before)}`)));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  }

  return {
    url,
    dataDir,
    environment,
    get pid() {
      return child.pid!;
    },
    get output() {
      return output;
    },
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    restart: async () => void (await launch(port)),
    async stop() {
      await end('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
      check.settle();
    },
  };
}
