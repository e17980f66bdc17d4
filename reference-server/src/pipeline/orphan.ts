/** Ends child processes that outlived their server: killed at once, a server cannot take its children along. */
import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long to wait until a process that was killed is gone, in ms. */
const PATIENCE_MS = 2000;

/** There a process is found by its command line alone: a server may die before it has written the number down. */
const FINDS_BY_COMMAND_LINE = process.platform === 'linux';

/**
 * Ends the process that works at something.
 *
 * @param pidFile where its number was written down
 * @param mark part of its command line: the system may have given the number to another process since
 */
export async function endOrphan(pidFile: string, mark: string): Promise<void> {
  const pids = FINDS_BY_COMMAND_LINE ? await pidsWith(mark) : [Number(await read(pidFile))];
  await endAll(pids, mark);
  await rm(pidFile, { force: true });
}

/** Ends whatever names a job's folder in its command line; a job without files has no such process. */
export async function endOrphans(workspace: string): Promise<void> {
  const names = await readdir(workspace).catch(() => []);
  if (names.length === 0) return;
  const mark = workspace + sep;
  if (FINDS_BY_COMMAND_LINE) return endAll(await pidsWith(mark), mark);
  for (const name of names) if (name.endsWith('.pid')) await endOrphan(join(workspace, name), mark);
}

async function endAll(pids: readonly number[], mark: string): Promise<void> {
  await Promise.all(pids.map((pid) => end(pid, mark)));
}

async function end(pid: number, mark: string): Promise<void> {
  const isThere = async (): Promise<boolean> => pid > 0 && (await commandLine(pid)).includes(mark);
  if (!(await isThere())) return;
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; waited < PATIENCE_MS && (await isThere()); waited += 10) await delay(10);
}

async function pidsWith(mark: string): Promise<number[]> {
  const all = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const marked = await Promise.all(all.map(async (pid) => (await commandLine(pid)).includes(mark)));
  return all.filter((_pid, n) => marked[n]);
}

/** Empty when there is no such process, or no way to tell. */
async function commandLine(pid: number): Promise<string> {
  if (FINDS_BY_COMMAND_LINE) return read(`/proc/${pid}/cmdline`);
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'args=']).catch(() => ({ stdout: '' }));
  return stdout;
}

function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
