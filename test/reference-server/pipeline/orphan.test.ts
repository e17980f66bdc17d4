import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOrphan, endOrphans } from '../../../reference-server/src/pipeline/orphan.ts';

let folder: string;
let children: ChildProcess[];

/** A process that names a file in its command line, as an encoder does. */
async function work(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)', file]);
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-orphan-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

test('an orphan whose number was written down is ended, and no process beside it', async () => {
  const orphan = await work(join(folder, 'output.mp4'));
  const other = await work(`${folder}0/output.mp4`);
  const pidFile = join(folder, 'render.pid');
  await writeFile(pidFile, String(orphan.pid));

  const gone = once(orphan, 'exit');
  await endOrphan(pidFile, join(folder, 'output.mp4'));
  expect((await gone)[1]).toBe('SIGKILL');
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
});

test('a number that now is another program’s is left alone', async () => {
  const other = await work('somewhere-else');
  await writeFile(join(folder, 'render.pid'), String(other.pid));

  await endOrphans(folder);
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
});

if (process.platform === 'linux') {
  test('an orphan of a server that died before it had written the number down is ended with its folder', async () => {
    await writeFile(join(folder, 'script.md'), 'some work');
    const orphan = await work(join(folder, 'output.mp4'));

    const gone = once(orphan, 'exit');
    await endOrphans(folder);
    expect((await gone)[1]).toBe('SIGKILL');
  });
}
