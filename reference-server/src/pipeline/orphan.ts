/** Ends a child process that outlived its server: killed at once, a server cannot take its children along. */
import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long to wait until a process that was killed is gone, in ms. */
const PATIENCE_MS = 2000;

/**
 * Ends the process that `pidFile` names, if it still is the one that was written down.
 *
 * @param mark part of its command line: the system may have given the number to another process since
 */
export async function endOrphan(pidFile: string, mark: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  const isThere = async (): Promise<boolean> => pid > 0 && (await commandLine(pid)).includes(mark);
  if (await isThere()) {
    process.kill(pid, 'SIGKILL');
    for (let waited = 0; waited < PATIENCE_MS && (await isThere()); waited += 10) await delay(10);
  }
  await rm(pidFile, { force: true });
}

/** Ends whatever has written its number into a job's folder, and names that folder in its command line. */
export async function endOrphans(workspace: string): Promise<void> {
  const names = await readdir(workspace).catch(() => []);
  for (const name of names) if (name.endsWith('.pid')) await endOrphan(join(workspace, name), workspace);
}

/** Empty when there is no such process, or no way to tell. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'args=']).catch(() => ({ stdout: '' }));
  return stdout;
}
