/** Looks at the real processes of this machine. */
import { execFileSync } from 'node:child_process';

/** Command lines of the processes that name `part`, this one and the look-up itself left out. */
export function processesWith(part: string): string[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes(part) && !line.startsWith(`${process.pid} `) && !/^\d+ ps /.test(line));
}
