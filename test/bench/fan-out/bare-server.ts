/** What everything is compared with: `node:http`, and one `res.write` of a prepared buffer per event and reader. A program. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { jobFrames } from '../frames.ts';

/** One job: who reads it, and what was said. */
interface Stream {
  readonly readers: Set<ServerResponse>;
  readonly said: Buffer[];
  ended: boolean;
}

const streams = new Map<string, Stream>();

function streamOf(name: string): Stream {
  const stream = streams.get(name) ?? { readers: new Set(), said: [], ended: false };
  streams.set(name, stream);
  return stream;
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  const stream = streamOf(searchParams.get('job')!);
  const number = (name: string): number => Number(searchParams.get(name));
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(': stream\n\n');
    if (request.headers['last-event-id']) for (const frame of stream.said) response.write(frame);
    if (stream.ended) return void response.end();
    stream.readers.add(response);
    response.on('close', () => stream.readers.delete(response));
    return;
  }
  response.end();
  if (pathname === '/burst') void burst(stream, jobFrames(number('events')), searchParams.has('at-once'));
  else void play(stream, number('events'), number('rate'));
});

function say(stream: Stream, frame: Buffer): void {
  stream.said.push(frame);
  for (const reader of stream.readers) reader.write(frame);
}

function end(stream: Stream): void {
  stream.ended = true;
  for (const reader of stream.readers) reader.end();
}

/** @param atOnce all in one turn of the event loop, so that Node merges the writes; a job's events come one by one */
async function burst(stream: Stream, frames: readonly Buffer[], atOnce: boolean): Promise<void> {
  for (const frame of frames) {
    say(stream, frame);
    if (!atOnce) await nextTurn();
  }
  end(stream);
}

/** Events at a steady rate, each with the time it was due. */
async function play(stream: Stream, events: number, rate: number): Promise<void> {
  const frames = jobFrames(events);
  const startedAt = now();
  for (const [n, frame] of frames.entries()) {
    const due = startedAt + (n * 1000) / rate;
    const left = due - now();
    if (left > 0) await delay(Math.ceil(left));
    say(stream, Buffer.from(String(frame).replace('"jobId"', `"sentAt":${due},"jobId"`)));
  }
  end(stream);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
