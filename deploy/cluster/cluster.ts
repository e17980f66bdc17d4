/** The distributed server as plain processes: nginx, API processes, workers and Redis, each started again when it dies. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Member } from './member.ts';

const NGINX = new URL('../nginx/', import.meta.url);
const MAIN = fileURLToPath(new URL('../../reference-server/src/main.ts', import.meta.url));
/** Where Debian keeps nginx, which is not on everybody's path. */
const PATH = [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);

export interface ClusterOptions {
  /** Where everything is kept. */
  readonly folder: string;
  /** Ports of nginx; 0 takes free ones. */
  readonly httpPort?: number;
  readonly httpsPort?: number;
  readonly apis?: number;
  readonly workers?: number;
  /** A Redis that is there; `undefined`: one of the cluster's own, which keeps all that it has acknowledged. */
  readonly redisUrl?: string | undefined;
  /** Settings of all API processes and workers. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

export interface Cluster {
  readonly url: string;
  readonly httpsUrl: string;
  readonly redisUrl: string;
  /** Base URLs of the API processes and of the workers, past nginx. */
  readonly apiUrls: readonly string[];
  readonly workerUrls: readonly string[];
  readonly members: readonly Member[];
  stop(): Promise<void>;
}

/** Starts everything. It needs `redis-server`, `nginx` and `openssl`. @throws {Error} something did not start */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, apis = 2, workers = 2, environment = {}, onLine = () => {} } = options;
  mkdirSync(folder, { recursive: true });
  const [http, https, redisPort, ...ports] = await freePorts(3 + apis + workers);
  const [httpPort, httpsPort] = [options.httpPort || http!, options.httpsPort || https!];
  const redisUrl = options.redisUrl ?? `redis://127.0.0.1:${redisPort}`;
  const server = (name: string, role: string, port: number): Member =>
    new Member({
      name,
      program: process.execPath,
      args: ['--conditions=aura-source', MAIN],
      environment: {
        AURA_DATA_DIR: join(folder, 'data'),
        ...environment,
        AURA_REDIS_URL: redisUrl,
        AURA_ROLE: role,
        PORT: String(port),
      },
      ready: /ready at /,
      onLine,
    });
  const redis = options.redisUrl === undefined ? [redisMember(folder, redisPort!, onLine)] : [];
  const servers = ports.map((port, n) =>
    n < apis ? server(`api-${n + 1}`, 'api', port) : server(`worker-${n - apis + 1}`, 'worker', port),
  );
  const nginx = nginxMember(folder, { httpPort, httpsPort, apiPorts: ports.slice(0, apis) }, onLine);
  const members = [...redis, ...servers, nginx];
  const stop = async (): Promise<void> => {
    await nginx.stop();
    await Promise.all(servers.map((member) => member.stop()));
    for (const member of redis) await member.stop();
  };
  try {
    for (const member of redis) await member.start();
    await Promise.all(servers.map((member) => member.start()));
    await nginx.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    url: `http://127.0.0.1:${httpPort}`,
    httpsUrl: `https://127.0.0.1:${httpsPort}`,
    redisUrl,
    apiUrls: urls.slice(0, apis),
    workerUrls: urls.slice(apis),
    members,
    stop,
  };
}

function redisMember(folder: string, port: number, onLine: (line: string) => void): Member {
  const dir = join(folder, 'redis');
  mkdirSync(dir, { recursive: true });
  const keep = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  return new Member({
    name: 'redis',
    program: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, ...keep],
    ready: /Ready to accept connections/,
    onLine,
  });
}

interface Ports {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly apiPorts: readonly number[];
}

/** The same configuration as in containers: the template is filled in here as the image of nginx does it. */
function nginxMember(folder: string, { httpPort, httpsPort, apiPorts }: Ports, onLine: (line: string) => void): Member {
  const home = join(folder, 'nginx');
  mkdirSync(join(home, 'conf.d'), { recursive: true });
  const [certificate, key] = [join(home, 'certificate.pem'), join(home, 'key.pem')];
  makeCertificate(certificate, key);
  const values: Record<string, string> = {
    AURA_API_SERVERS: apiPorts.map((port) => `server 127.0.0.1:${port} max_fails=3 fail_timeout=2s;`).join(' '),
    AURA_HTTP_LISTEN: `127.0.0.1:${httpPort}`,
    AURA_HTTPS_LISTEN: `127.0.0.1:${httpsPort}`,
    AURA_TLS_CERTIFICATE: certificate,
    AURA_TLS_KEY: key,
  };
  const template = readFileSync(new URL('aura.conf.template', NGINX), 'utf8');
  const filled = template.replace(/\$\{(AURA_\w+)\}/g, (_, name: string) => values[name]!);
  writeFileSync(join(home, 'conf.d', 'aura.conf'), filled);
  copyFileSync(new URL('nginx.conf', NGINX), join(home, 'nginx.conf'));
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  return new Member({
    name: 'nginx',
    program: 'nginx',
    args: ['-p', home, '-c', join(home, 'nginx.conf'), '-g', `${user}daemon off; error_log stderr notice;`],
    environment: { PATH },
    ready: /start worker process/,
    onLine: (line) => !line.includes('[notice]') && onLine(line),
  });
}

/** Signed by itself: for this machine. */
function makeCertificate(certificate: string, key: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
}

/** All at once, so that none is given out twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
