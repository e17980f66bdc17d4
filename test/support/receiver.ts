/** A server of somebody who wants to be told: takes requests on HTTP or HTTPS, keeps them, and answers as the test says. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Receiver {
  /** `https://localhost:…`, or `http://` without a certificate. */
  readonly url: string;
  readonly port: number;
  /** In the order in which they came. */
  readonly received: readonly Received[];
  /** What the next ones are answered. */
  answer: (response: ServerResponse, request: Received) => void;
  close(): Promise<void>;
}

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** For `NODE_EXTRA_CA_CERTS` of whoever is to trust it. */
  readonly file: string;
  remove(): Promise<void>;
}

export async function startReceiver({ tls, port = 0 }: { tls?: Certificate; port?: number } = {}): Promise<Receiver> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks) };
      received.push(one);
      receiver.answer(response, one);
    })().catch(() => response.destroy());
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  const receiver: Receiver = {
    url: `${tls ? 'https' : 'http'}://localhost:${bound}`,
    port: bound,
    received,
    answer: (response) => void response.writeHead(204).end(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

/** A certificate for `localhost` that nobody else trusts. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-tls-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:hooks.example,IP:127.0.0.1'];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    ...curve,
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    file,
    ...names,
  ]);
  return {
    key: await readFile(key),
    cert: await readFile(file),
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
