/** How fast a stream is read, as a ratio to the bare parser on the same bytes in the same run. */
import { createParser } from 'eventsource-parser';
import { AuraClient } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import { measure } from './measure.ts';
import type { Contest } from './measure.ts';

const EVENTS = 20_000;
const READ_BYTES = 16 * 1024;

const frames = Array.from({ length: EVENTS }, (_, n) => {
  const percent = Math.min(99, Math.floor((n / EVENTS) * 100));
  const step =
    percent < 15
      ? 'Script'
      : percent < 35
        ? 'TTS'
        : percent < 65
          ? 'Visuals'
          : percent < 85
            ? 'Composition'
            : 'Rendering';
  const data = {
    ...{ step, phase: 'plan', progressPct: percent, percent, stepPct: 50, message: `Working on item ${n}` },
    ...{ substageDetail: `${n} of ${EVENTS}`, currentItem: n + 1, totalItems: EVENTS },
    ...{ elapsedTime: '00:01:23', estimatedTimeRemaining: '00:02:15', correlationId: 'req-123' },
  };
  return Buffer.from(`id: 1700000000000-${n + 1}\nevent: step-progress\ndata: ${JSON.stringify(data)}\n\n`);
});
const end = Buffer.from(
  `id: 1700000000001-0\nevent: job-completed\ndata: {"status":"Succeeded","jobId":"a","artifacts":[]}\n\n`,
);

const whole = Buffer.concat([...frames, end]);
const large = Array.from({ length: Math.ceil(whole.length / READ_BYTES) }, (_, n) =>
  whole.subarray(n * READ_BYTES, (n + 1) * READ_BYTES),
);
const single = [...frames, end];

function body(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull: (controller) => (next < chunks.length ? controller.enqueue(chunks[next++]!) : controller.close()),
  });
}

const streamOf = (chunks: readonly Uint8Array[]) => async () =>
  new Response(body(chunks), { headers: { 'content-type': 'text/event-stream' } });

async function bare(chunks: readonly Uint8Array[]): Promise<void> {
  let events = 0;
  const parser = createParser({ onEvent: ({ data }) => void (JSON.parse(data) as unknown, events++) });
  const decoder = new TextDecoder();
  const reader = body(chunks).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read())
    parser.feed(decoder.decode(read.value, { stream: true }));
  expectAll(events);
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

function expectAll(events: number): void {
  if (events !== EVENTS + 1) throw new Error(`${events} events were read instead of ${EVENTS + 1}.`);
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
  ];
}
