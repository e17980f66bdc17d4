/** An example as a newcomer gets it: installed from its lockfile, with the packages as they would be published, and built. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startScriptedServer } from '../support/scripted-server.ts';

export const NAMES = ['script-tag', 'react', 'vue', 'angular'] as const;
export type ExampleName = (typeof NAMES)[number] | 'minimal-backend';

export interface ExampleApp {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export function folderOf(name: ExampleName): string {
  return fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
}

/** A `PATH` on which `node` is the one that runs the tests, as within `npm test`. */
export function withThisNode(): string {
  return [dirname(process.execPath), process.env.PATH].join(delimiter);
}

/** Runs npm in the example's folder, with this very Node. @throws with what it printed, when it fails */
async function npm(name: ExampleName, args: string[], env: Record<string, string> = {}): Promise<void> {
  const options = { cwd: folderOf(name), env: { ...process.env, PATH: withThisNode(), ...env } };
  await promisify(execFile)('npm', args, options).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`npm ${args.join(' ')} failed in examples/${name}:\n${stdout}${stderr}`);
  });
}

/** @param api where the reference server is */
export async function serveExample(name: ExampleName, api: string): Promise<ExampleApp> {
  if (name === 'script-tag') return startServer('script-tag', { AURA_URL: api });
  await npm(name, ['ci']);
  const where = name === 'angular' ? ['--', '--define', `AURA_URL='${api}'`] : [];
  await npm(name, ['run', 'build', ...where], { VITE_AURA_URL: api });
  return serveFiles(join(folderOf(name), 'dist'));
}

/** The backend that integrators begin with, installed from its lockfile. */
export async function startMinimalBackend(): Promise<ExampleApp> {
  await npm('minimal-backend', ['ci']);
  return startServer('minimal-backend');
}

/** The example brings a server of its own. */
async function startServer(name: ExampleName, env: Record<string, string> = {}): Promise<ExampleApp> {
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folderOf(name),
    env: { ...process.env, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: /http:\S+/.exec(String(said))![0],
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function serveFiles(folder: string): Promise<ExampleApp> {
  return startScriptedServer(({ url = '' }, response) => {
    const path = join(folder, url === '/' ? 'index.html' : new URL(url, 'http://host').pathname);
    void readFile(path).then(
      (content) => response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain').end(content),
      () => response.writeHead(404).end(),
    );
  });
}
