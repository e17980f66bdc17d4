/** The reference server with sign-in, its callers, and everything that it logs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { checkAnswers } from '../support/answers/checked-server.ts';
import { ownDatabase } from '../support/own-database.ts';

const MAIN = fileURLToPath(new URL('../../reference-server/src/main.ts', import.meta.url));

export const SECRET = 'a secret of more than thirty-two characters';
/** Keys of two users and an operator. */
export const KEYS = { ann: 'key-of-ann-0123456789', bob: 'key-of-bob-0123456789', ops: 'key-of-ops-0123456789' };
/** Limits that are in nobody's way. */
export const NO_LIMITS = {
  AURA_MAX_STREAMS: '0',
  AURA_CREATIONS_PER_MINUTE: '0',
  AURA_CANCELS_PER_MINUTE: '0',
  AURA_MAX_QUEUED_JOBS: '0',
};

export type Name = keyof typeof KEYS;

/** Headers of a caller with a key. */
export const as = (name: Name): Record<string, string> => ({ 'x-api-key': KEYS[name] });
/** Headers of a caller with a token. */
export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
/** What a WebSocket offers. */
export const offering = (token: string): string[] => [
  'aura.v1',
  `aura.bearer.${Buffer.from(token).toString('base64url')}`,
];

/** A token as an identity provider would sign it. */
export function tokenFor(
  subject: string | undefined,
  { secret = SECRET, expires = '5m', ...claims }: { secret?: string; expires?: string; [claim: string]: unknown } = {},
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(expires);
  if (subject !== undefined) token.setSubject(subject);
  return token.sign(new TextEncoder().encode(secret));
}

export interface OwnedServer {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it has written to stdout and stderr. */
  readonly output: string;
  /** Ends the process in order. @returns its exit code */
  terminate(): Promise<number | null>;
  /** @throws when it has answered what it does not describe */
  stop(): Promise<void>;
}

/** @param environment settings on top of sign-in by key and by token, without limits */
export async function startOwnedServer(environment: Record<string, string> = {}): Promise<OwnedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aura-owned-'));
  const check = checkAnswers(dataDir);
  const child = spawn(process.execPath, ['--conditions=aura-source', ...check.args, MAIN], {
    env: {
      ...process.env,
      ...check.env,
      ...ownDatabase(),
      AURA_ALLOW_SIMULATION: '1',
      AURA_ALLOW_PAUSE: '1',
      AURA_CONCURRENCY: '4',
      AURA_AUTH_JWT_SECRET: SECRET,
      AURA_AUTH_API_KEYS: Object.entries(KEYS)
        .map((entry) => entry.join(':'))
        .join(','),
      AURA_AUTH_ADMINS: 'ops',
      ...NO_LIMITS,
      PORT: '0',
      AURA_DATA_DIR: dataDir,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += String(chunk);
      const match = /ready at (\S+)/.exec(output);
      if (match) resolve(match[1]!);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The server did not start: ${output}`)));
  }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });

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
    get pid() {
      return child.pid!;
    },
    get output() {
      return output;
    },
    terminate: () => end('SIGTERM'),
    async stop() {
      await end('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
      check.settle();
    },
  };
}
