/** The server process: environment, listen, stop on a signal. */
import { setFlagsFromString } from 'node:v8';
import { readConfig } from './config.ts';
import { createServer } from './create-server.ts';
import { storageFault } from './jobs/storage-fault.ts';

/** Longest time for a shutdown in order: service managers kill after 10 s. */
const SHUTDOWN_LIMIT_MS = 9000;

// A crowd of readers that comes at once would make V8's space for new objects grow to its limit, and it keeps what it has
// once taken: a third more memory for each reader, and nothing gained.
setFlagsFromString('--semi-space-growth-factor=1');

// Whoever reads this may go away, as in `npm start | head -1`: jobs and readers are none of its business.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

try {
  const config = readConfig(process.env);
  for (const name of config.unknown) process.stderr.write(`There is no setting ${name}; it was ignored.\n`);
  const server = await createServer(config);
  const url = await server.listen();
  process.stdout.write(`Aura Jobs is ready at ${url}\nStop it with Ctrl-C; running jobs go on at the next start.\n`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (stopping) process.exit(1);
      stopping = true;
      // What does not end in time is as safe as after a crash: it goes on at the next start.
      setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
      void server.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  // What was begun already, a port or a connection to Redis, would keep the process alive, and nobody would start it again.
  process.stderr.write(`${explain(error)}\n`, () => process.exit(1));
}

function explain(error: unknown): string {
  const { code, syscall, message, path, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop the other server, or choose a port: PORT=5006 npm start`;
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return `AURA_DATA_DIR: ${path} cannot be a folder, since a file is in its place. Choose another one.`;
  if (code === 'ENOENT' && syscall === 'mkdir')
    return `AURA_DATA_DIR: no folder can be made at ${path}. Choose another one.`;
  const fault = storageFault(error);
  return fault ? `${fault.message}\n${message}${path && !message.includes(path) ? ` (${path})` : ''}` : message;
}
