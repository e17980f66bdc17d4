/** `npm run example NAME`: starts the reference server and, beside it, the example by its own `npm start`. A backend stands in for the server, and gets a page. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SERVER = new URL('../reference-server/dist/main.js', import.meta.url);
const BACKEND = 'minimal-backend';
const NAMES = readdirSync(new URL('.', import.meta.url)).filter((name) =>
  existsSync(new URL(`${name}/package.json`, import.meta.url)),
);
const WINDOWS = process.platform === 'win32';
const { PORT = '5005' } = process.env;

const [name = '', ...rest] = process.argv.slice(2);
if (name === BACKEND) await start(folderOf('script-tag'), rest, folderOf(BACKEND));
else if (NAMES.includes(name)) await start(folderOf(name), rest);
else {
  process.stderr.write(`Usage: npm run example NAME, where NAME is one of: ${NAMES.join(', ')}\n`);
  process.exitCode = 1;
}

function folderOf(example: string): URL {
  return new URL(`${example}/`, import.meta.url);
}

/** @param backend answers in place of the reference server */
async function start(folder: URL, args: string[], backend?: URL): Promise<void> {
  await install(folder);
  if (backend) await install(backend);
  const url = `http://localhost:${PORT}`;
  const there = await answers(url);
  if (there && backend) throw new Error(`A server is at ${url} already. Stop it, or choose another port with PORT.`);
  const server = there ? undefined : await startServer(backend ? new URL('server.js', backend) : SERVER, url);
  // The server that the example was written for stands at 5005; another one is told in the way of each.
  const env = PORT === '5005' ? process.env : { ...process.env, PORT: undefined, AURA_URL: url, VITE_AURA_URL: url };
  // Angular's build reads no environment.
  const where = name === 'angular' ? [`--define "AURA_URL='${url}'"`] : [];
  const example = runStartScript(folder, [...where, ...args], env);
  // Ctrl-C reaches all of them; who is stopped alone takes the other along.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => example.kill());
  [process.exitCode] = (await once(example, 'exit')) as [number];
  server?.kill();
}

/** The repository's own packages are copied anew each time: they may have been built since. */
async function install(folder: URL): Promise<void> {
  if (!existsSync(new URL('package-lock.json', folder))) return;
  await rm(new URL('node_modules/@aura-jobs', folder), { recursive: true, force: true });
  const [code] = (await once(npm(folder, ['install']), 'exit')) as [number];
  if (code !== 0) throw new Error('npm install failed.');
}

async function startServer(file: URL, url: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, [fileURLToPath(file)], { stdio: 'inherit' });
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error('The server did not start.');
    await setTimeout(100);
  }
  return server;
}

function npm(folder: URL, args: string[]): ChildProcess {
  return spawn('npm', args, { cwd: folder, stdio: 'inherit', shell: WINDOWS });
}

/** What `npm start` would run, without npm and a shell in between, which keep a signal to themselves. */
function runStartScript(folder: URL, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    scripts: { start: string };
  };
  const path = [fileURLToPath(new URL('node_modules/.bin', folder)), env.PATH].join(delimiter);
  const command = [WINDOWS ? '' : 'exec', scripts.start, ...args].join(' ').trim();
  return spawn(command, { cwd: folder, env: { ...env, PATH: path }, stdio: 'inherit', shell: true });
}

/** Whether a server is there already. */
async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/jobs`, { method: 'HEAD' }).then(
    ({ status }) => status === 200 || status === 401,
    () => false,
  );
}
