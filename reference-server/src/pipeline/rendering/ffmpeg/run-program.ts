/** Runs a child process to its end, whatever that end is: nothing of it is left when the promise settles. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramResult {
  /** `null` if it was killed by a signal. */
  readonly exitCode: number | null;
  /** The last part of what it wrote there. */
  readonly stderr: string;
}

const MAX_STDERR = 16 * 1024;

/**
 * @param onLine gets each line of its output.
 * @throws the signal's reason when aborted, after the process is gone; the system's error if it cannot be started.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Killed at once: a polite request takes FFmpeg half a second, and what it would save is thrown away.
    const child = spawn(file, args, { signal, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    let failure: unknown;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MAX_STDERR)));
    createInterface({ input: child.stdout }).on('line', onLine);
    child.once('error', (error) => (failure = error));
    // After `close` the process is gone and its output is read to the end; it also comes after a failed start.
    child.once('close', (exitCode) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (failure !== undefined) reject(failure);
      else resolve({ exitCode, stderr });
    });
  });
}
