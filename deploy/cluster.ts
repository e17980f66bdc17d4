/**
 * `npm run cluster`: the distributed server on this machine, until Ctrl-C. `AURA_HTTP_PORT` (8080), `AURA_HTTPS_PORT`
 * (8443), `AURA_APIS` and `AURA_WORKERS` (2 of each); with `AURA_REDIS_URL` no Redis is started. All other settings go
 * to the servers.
 */
import { resolve } from 'node:path';
import { startCluster } from './cluster/cluster.ts';

const {
  AURA_HTTP_PORT = '8080',
  AURA_HTTPS_PORT = '8443',
  AURA_APIS = '2',
  AURA_WORKERS = '2',
  AURA_REDIS_URL,
} = process.env;
const folder = resolve('.aura', 'cluster');

try {
  const cluster = await startCluster({
    folder,
    httpPort: Number(AURA_HTTP_PORT),
    httpsPort: Number(AURA_HTTPS_PORT),
    apis: Number(AURA_APIS),
    workers: Number(AURA_WORKERS),
    redisUrl: AURA_REDIS_URL,
    onLine: (line) => void process.stderr.write(`${line}\n`),
  });
  const processes = cluster.members.map(({ name, pid }) => `  ${name.padEnd(10)} ${pid}`).join('\n');
  process.stdout.write(
    `Aura Jobs is ready at ${cluster.url} and, over HTTP/2, at ${cluster.httpsUrl}\n${processes}\nStop it with Ctrl-C.\n`,
  );
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void cluster.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
