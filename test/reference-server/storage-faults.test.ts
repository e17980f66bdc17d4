/** A disk that is full, closed or damaged: said clearly, and nothing that runs is taken down. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storageFault } from '../../reference-server/src/jobs/storage-fault.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startOwnedServer } from './owned-server.ts';
import { logOf, simulate } from './simulated-jobs.ts';

/** Without sign-in. */
const OPEN = { AURA_AUTH_JWT_SECRET: '', AURA_AUTH_API_KEYS: '' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-disk-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (environment: Record<string, string> = {}) =>
  startOwnedServer({ ...OPEN, AURA_DATA_DIR: folder, ...environment });

describe('at the start', () => {
  test('a damaged database is named, and what to do', async () => {
    await writeFile(join(folder, 'aura.sqlite'), 'this is no database '.repeat(500));
    await expect(start()).rejects.toThrow(/The database is damaged\. Stop the server and restore aura\.sqlite/);
  });

  test('a folder that cannot be made is named', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(start({ AURA_DATA_DIR: join(folder, 'file', 'data') })).rejects.toThrow(/file/);
  });

  test('a second server on the same folder is told so', async () => {
    const first = await start();
    try {
      await expect(start()).rejects.toThrow(/Another server is using .*aura\.sqlite/);
    } finally {
      await first.stop();
    }
  });
});

test.each([
  [{ code: 'ENOSPC' }, /disk is full/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, /disk is full/],
  [{ code: 'EROFS' }, /cannot be written/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 8 }, /cannot be written/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 11 }, /damaged/],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 5 }, /in use by another program/],
  // SQLITE_IOERR_WRITE
  [{ code: 'ERR_SQLITE_ERROR', errcode: 778 }, /cannot be read or written/],
])('%j is told in words', (error, words) => {
  expect(storageFault(error)).toMatchObject({ code: 'ServiceUnavailable', message: expect.stringMatching(words) });
});

test('an error of the program stays one', () => {
  for (const error of [new TypeError('x'), { code: 'ERR_SQLITE_ERROR', errcode: 1 }, undefined])
    expect(storageFault(error)).toBeUndefined();
});

/** A small disk of our own needs the right to mount one. */
function mount(...options: string[]): boolean {
  try {
    execFileSync('mount', options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const ownDisk = isMountable();
if (!ownDisk) console.warn('Not run: full and read-only disks, which need the right to mount one (root on Linux).');

(ownDisk ? describe : () => {})('on a disk of its own', () => {
  beforeEach(() => {
    expect(mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder)).toBe(true);
  });
  afterEach(() => void execFileSync('umount', ['--lazy', folder]));

  test('that is read-only, the server does not start, and says why', async () => {
    mount('-o', 'remount,ro', folder);
    await expect(start()).rejects.toThrow(/The data folder cannot be written to\. Give the server write access/);
  });

  test('that is full, requests are refused clearly, streams stay, and all goes on when there is space', async () => {
    const server = await start();
    try {
      const jobId = await simulate(server, { events: 60, eventsPerSecond: 10, padBytes: 40_000 });
      const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
      await stream.until((frames) => frames.some(({ event }) => event === 'step-progress'));
      const filler = join(folder, 'filler');
      await writeFile(filler, Buffer.alloc(16 * 1024 * 1024)).catch(() => {});

      const create = () => call(`${server.url}/api/jobs`, 'POST', { preset: 'simulated', inputs: { hold: true } });
      const refused = await eventually(async () => {
        const answer = await create();
        return answer.status === 202 ? undefined : answer;
      });
      expect(refused).toMatchObject({
        status: 503,
        body: { code: 'ServiceUnavailable', detail: expect.stringMatching(/^The disk is full\. Free some space/) },
      });
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
      const unready = await call(`${server.url}/readyz`);
      expect([unready.status, unready.body.detail]).toEqual([503, refused?.body.detail]);
      expect((await call(`${server.url}/healthz`)).status).toBe(200);
      expect((await call(`${server.url}/api/jobs/${jobId}`)).body.status).toBe('Running');
      const page = await call(`${server.url}/api/jobs/${jobId}/events?replay=all&wait=0`);
      expect([page.status, page.body.events.length > 0]).toEqual([200, true]);

      // Long enough for the job, too, to want space that is not there.
      for (let n = 0; n < 100; n++) expect((await create()).status).toBe(503);
      await rm(filler);
      expect(await eventually(async () => (await create()).status === 202)).toBe(true);
      expect((await call(`${server.url}/readyz`)).status).toBe(200);
      // The same stream, from before the disk was full, tells how the job goes on and ends.
      await stream.ended;
      expect(stream.events.at(-1)!.event).toBe('job-completed');
      const ids = stream.events.map(({ id }) => id);
      const log = (await logOf(server, jobId)).map(({ id }) => id);
      expect(ids).toEqual(log.slice(log.indexOf(ids[0])));
    } finally {
      await server.stop();
    }
  }, 180_000);
});

function isMountable(): boolean {
  const probe = join(tmpdir(), `aura-mount-${process.pid}`);
  try {
    execFileSync('mkdir', ['-p', probe]);
    if (!mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe)) return false;
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rmdir', [probe]);
  }
}
