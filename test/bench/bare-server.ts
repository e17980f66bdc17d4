/** What everything is compared with: `node:http`, and one `res.write` of a prepared buffer per event and reader. A program. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jobFrames } from './frames.ts';

const readers = new Set<ServerResponse>();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(': stream\n\n');
    readers.add(response);
    response.on('close', () => readers.delete(response));
    return;
  }
  // A burst: everything is there at once.
  for (const frame of jobFrames(Number(searchParams.get('events')))) for (const reader of readers) reader.write(frame);
  for (const reader of readers) reader.end();
  response.end();
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
