/** Programs of the system that tests need, installed when they are missing. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** On `PATH`, where Debian keeps it, or installed now. @throws when there is none and none can be installed */
export async function findProgram(name: string, debianPackage: string): Promise<string> {
  const installed = await lookFor(name);
  if (installed) return installed;
  const install = `apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 ${debianPackage}`;
  const command = `export DEBIAN_FRONTEND=noninteractive; ${install} || { apt-get update && ${install}; }`;
  const trouble = await promisify(execFile)('sh', ['-c', command]).then(
    () => '',
    ({ message }: Error) => message,
  );
  const found = await lookFor(name);
  if (found) return found;
  throw new Error(`This test needs ${name}. Install it; root on Debian or Ubuntu gets it by itself. ${trouble}`);
}

/** For programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function lookFor(name: string): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) if (await canRun(join(folder, name))) return join(folder, name);
  return undefined;
}

function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
