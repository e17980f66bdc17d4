/** Runs a child process to its end, whatever that end is: nothing of it is left when the promise settles. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ProgramResult {
  /** `null` if it was killed by a signal. */
  readonly exitCode: number | null;
  /** The last part of what it wrote there. */
  readonly stderr: string;
}

const MAX_STDERR = 16 * 1024;

export interface ProgramOptions {
  readonly signal: AbortSignal;
  /** Gets each line of its output. */
  readonly onLine: (line: string) => void;
  /** Names the process while it runs, for {@link endOrphan}. */
  readonly pidFile?: string;
}

/**
 * @throws the signal's reason when aborted, after the process is gone; the system's error if it cannot be started.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  { signal, onLine, pidFile }: ProgramOptions,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Killed at once: a polite request takes FFmpeg half a second, and what it would save is thrown away.
    const child = spawn(file, args, { signal, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });
    if (pidFile && child.pid) writeFileSync(pidFile, String(child.pid));
    let stderr = '';
    let failure: unknown;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MAX_STDERR)));
    createInterface({ input: child.stdout }).on('line', onLine);
    child.once('error', (error) => (failure = error));
    // After `close` the process is gone and its output is read to the end; it also comes after a failed start.
    child.once('close', (exitCode) => {
      if (pidFile) rmSync(pidFile, { force: true });
      if (signal.aborted) reject(signal.reason as Error);
      else if (failure !== undefined) reject(failure);
      else resolve({ exitCode, stderr });
    });
  });
}
