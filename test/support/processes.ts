/** Looks at the real processes of this machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Command lines of all processes but this one that name `part`. */
export function processesWith(part: string): string[] {
  return (existsSync('/proc/self/cmdline') ? fromProc() : fromPs()).filter(
    (line) => line.includes(part) && !line.startsWith(`${process.pid} `),
  );
}

function fromProc(): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
    } catch {
      // It ended while the list was read.
      return [];
    }
  });
}

function fromPs(): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).split(
    '\n',
  );
  return lines.map((line) => line.trim()).filter((line) => !/^\d+ ps /.test(line));
}
