/** Ends a child process that outlived its server: killed at once, a server cannot take its children along. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Ends the process that `pidFile` names, if it still is the one that was written down.
 *
 * @param mark part of its command line: the system may have given the number to another process since
 */
export async function endOrphan(pidFile: string, mark: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (pid > 0 && (await commandLine(pid)).includes(mark)) process.kill(pid, 'SIGKILL');
  await rm(pidFile, { force: true });
}

/** Empty when there is no such process, or no way to tell. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'args=']).catch(() => ({ stdout: '' }));
  return stdout;
}
