/** How fast a stream is read, as a ratio to the bare parser on the same bytes in the same run. */
import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import { AuraClient } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import { jobFrames } from './frames.ts';
import { measure } from './measure.ts';
import type { Contest } from './measure.ts';

const EVENTS = 20_000;
const READ_BYTES = 16 * 1024;
const MANY = 100_000;

const single = jobFrames(EVENTS);
const whole = Buffer.concat(single);
const large = inPieces(whole);
const many = inPieces(Buffer.concat(jobFrames(MANY)));

function inPieces(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / READ_BYTES) }, (_, n) =>
    bytes.subarray(n * READ_BYTES, (n + 1) * READ_BYTES),
  );
}

function body(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull: (controller) => (next < chunks.length ? controller.enqueue(chunks[next++]!) : controller.close()),
  });
}

const streamOf = (chunks: readonly Uint8Array[]) => async () =>
  new Response(body(chunks), { headers: { 'content-type': 'text/event-stream' } });

async function feed(chunks: readonly Uint8Array[], onEvent: (frame: EventSourceMessage) => void): Promise<void> {
  const parser = createParser({ onEvent });
  const decoder = new TextDecoder();
  const reader = body(chunks).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read())
    parser.feed(decoder.decode(read.value, { stream: true }));
}

async function bare(chunks: readonly Uint8Array[], expected = EVENTS, kept?: unknown[]): Promise<void> {
  let events = 0;
  await feed(chunks, ({ id, data }) => {
    const parsed: unknown = JSON.parse(data);
    kept?.push({ id, data: parsed, raw: data });
    events++;
  });
  expectAll(events, expected);
}

function connected(chunks: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve) => {
    let events = 0;
    const stream = connectEventStream('http://bench.invalid/', {
      fetch: streamOf(chunks),
      onEvent({ data }) {
        JSON.parse(data);
        if (++events <= EVENTS) return;
        stream.close();
        resolve();
      },
    });
  });
}

async function watched(chunks: readonly Uint8Array[]): Promise<void> {
  const client = new AuraClient({
    baseUrl: 'http://bench.invalid',
    fetch: (url) =>
      String(url).endsWith('/events')
        ? streamOf(chunks)()
        : Promise.resolve(Response.json({ jobId: 'a', status: 'Running', percent: 0 })),
  });
  await client.watch('a').done;
}

async function iterated(chunks: readonly Uint8Array[]): Promise<void> {
  let events = 0;
  for await (const _event of new AuraClient({ baseUrl: 'http://bench.invalid', fetch: streamOf(chunks) }).events('a'))
    events++;
  expectAll(events);
}

/** Nobody reads until everything is there. */
async function waited(chunks: readonly Uint8Array[]): Promise<void> {
  let events = 0;
  let arrived = (): void => {};
  const all = new Promise<void>((resolve) => (arrived = resolve));
  const client = new AuraClient({ baseUrl: 'http://bench.invalid', fetch: streamOf(chunks) });
  const queue = client.events('a');
  client.subscribe('a', { onState: ({ status }) => status === 'closed' && arrived() });
  await all;
  for await (const _event of queue) events++;
  expectAll(events, MANY);
}

/** The least that waiting can cost: the bare parser, its frames in an array, each parsed when an iterator comes to it. */
async function waitedBare(chunks: readonly Uint8Array[]): Promise<void> {
  const frames: EventSourceMessage[] = [];
  await feed(chunks, (frame) => void frames.push(frame));
  let next = 0;
  let events = 0;
  const parsed: AsyncIterableIterator<unknown> = {
    next() {
      const frame = frames[next++];
      if (!frame) return Promise.resolve({ done: true, value: undefined });
      const { id, event, data } = frame;
      return Promise.resolve({ done: false, value: { id, type: event, data: JSON.parse(data) as unknown } });
    },
    [Symbol.asyncIterator]: () => parsed,
  };
  for await (const _event of parsed) events++;
  expectAll(events, MANY);
}

function expectAll(events: number, expected = EVENTS): void {
  if (events !== expected + 1) throw new Error(`${events} events were read instead of ${expected + 1}.`);
}

/** Reading in large pieces, as a burst comes, and one event at a time, as a live job sends them. */
export async function benchStreamReading(): Promise<Contest[]> {
  const entries = (chunks: readonly Uint8Array[]) => ({
    'eventsource-parser + JSON.parse': () => bare(chunks),
    'connectEventStream + JSON.parse': () => connected(chunks),
    'client.watch': () => watched(chunks),
    'for await of client.events': () => iterated(chunks),
  });
  return [
    await measure('reading a stream in 16 KiB pieces', entries(large)),
    await measure('reading a stream one event at a time', entries(single)),
    await measure('100,000 events, read when all of them wait', {
      'eventsource-parser + JSON.parse': () => bare(many, MANY),
      'the same, kept in an array': () => bare(many, MANY, []),
      'its frames kept, parsed in a for await': () => waitedBare(many),
      'for await of client.events': () => waited(many),
    }),
  ];
}
