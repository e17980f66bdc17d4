/** Finds a program that a test needs, and installs it where that can be done. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface Wanted {
  readonly name: string;
  /** Debian packages that bring it. */
  readonly packages: readonly string[];
  /** Where Debian keeps it, if not on everybody's `PATH`. */
  readonly folders?: readonly string[];
}

/**
 * On `PATH`, where Debian keeps it, or installed now with apt.
 *
 * @returns its path
 * @throws when there is none and none can be installed
 */
export async function findProgram(wanted: Wanted): Promise<string> {
  const installed = await lookFor(wanted);
  if (installed) return installed;
  const names = wanted.packages.join(' ');
  const install = `apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 ${names}`;
  const command = `export DEBIAN_FRONTEND=noninteractive; ${install} || { apt-get update && ${install}; }`;
  const trouble = await promisify(execFile)('sh', ['-c', command]).then(
    () => '',
    ({ message }: Error) => message,
  );
  const found = await lookFor(wanted);
  if (found) return found;
  throw new Error(
    `The tests need ${wanted.name}. Install it (packages ${names}); root on Debian or Ubuntu gets it by itself. ${trouble}`,
  );
}

async function lookFor({ name, folders = [] }: Wanted): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...folders])
    if (await canRun(join(folder, name))) return join(folder, name);
  return undefined;
}

export function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
