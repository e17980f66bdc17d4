/** A real nginx in front of a server, set up badly on purpose. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { findProgram } from './installed-program.ts';
import { NGINX } from './programs.ts';

/** How the proxy treats what is streamed. */
export interface Treatment {
  /** Keeps answers back until they are whole, whatever their headers ask for, and packs them. */
  readonly collects: boolean;
  /** Passes requests for a WebSocket on. */
  readonly upgrades: boolean;
}

export interface Nginx {
  readonly url: string;
  /** Goes on with another treatment; connections that stand keep theirs. */
  treat(treatment: Treatment): Promise<void>;
  stop(): Promise<void>;
}

/** @param upstream base URL of the real server */
export async function startNginx(upstream: string, treatment: Treatment): Promise<Nginx> {
  const program = await findProgram(NGINX);
  const folder = await mkdtemp(join(tmpdir(), 'aura-nginx-'));
  const file = join(folder, 'nginx.conf');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const write = (wanted: Treatment): Promise<void> => writeFile(file, configuration(folder, port, upstream, wanted));

  await write(treatment);
  const child = spawn(program, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  await eventually(() => hasEnded(child) || answers(url));
  if (hasEnded(child)) throw new Error(`${program} did not start: ${said}`);

  return {
    url,
    async treat(wanted) {
      const workers = said.split('start worker process').length;
      await write(wanted);
      child.kill('SIGHUP');
      await eventually(() => said.split('start worker process').length > workers);
    },
    async stop() {
      child.kill('SIGTERM');
      if (!hasEnded(child)) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, upstream: string, { collects, upgrades }: Treatment): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log stderr notice;
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}
      gzip ${collects ? 'on' : 'off'};
      gzip_proxied any;
      gzip_min_length 0;
      gzip_types application/json text/event-stream;
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass ${upstream};
          proxy_http_version 1.1;
          proxy_buffering ${collects ? 'on' : 'off'};
          proxy_ignore_headers X-Accel-Buffering;
          proxy_buffer_size 64k;
          proxy_buffers 16 64k;
          proxy_busy_buffers_size 512k;
          ${upgrades ? 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;' : ''}
        }
      }
    }`;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => (await response.arrayBuffer(), true),
    () => false,
  );
}
