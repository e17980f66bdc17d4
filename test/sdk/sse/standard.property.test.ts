/** Streams made, cut and damaged at random: the events are always those of the standard's own algorithm. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectEventStream } from '@aura-jobs/sdk/sse';

interface Told {
  type: string;
  data: string;
  lastEventId: string;
}

/** The algorithm of the standard (WHATWG HTML, 9.2.6), word by word and without any thought of speed. */
function interpret(bytes: Uint8Array): Told[] {
  const text = new TextDecoder('utf-8').decode(bytes);
  const lines = text.split(/\r\n|\n|\r/);
  // What stands after the last line end is no line yet.
  lines.pop();
  const events: Told[] = [];
  let [data, type, id, lastEventId] = ['', '', '', ''];
  for (const line of lines) {
    if (line === '') {
      lastEventId = id;
      if (data !== '') events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId });
      [data, type] = ['', ''];
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    if (field === 'data') data += `${value}\n`;
    if (field === 'id' && !value.includes('\0')) id = value;
  }
  return events;
}

function read(chunks: readonly Uint8Array[]): Promise<Told[]> {
  const events: Told[] = [];
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => (next < chunks.length ? controller.enqueue(chunks[next++]!) : controller.close()),
  });
  let requests = 0;
  return new Promise((resolve) => {
    connectEventStream('http://standard.invalid/', {
      retry: { initialDelayMs: 0 },
      fetch: async () =>
        requests++ === 0
          ? new Response(body, { headers: { 'content-type': 'text/event-stream' } })
          : new Response(null, { status: 204 }),
      onEvent: ({ type, data, lastEventId }) => void events.push({ type, data, lastEventId }),
      onStateChange: ({ status }) => status === 'closed' && resolve(events),
    });
  });
}

const word = fc.constantFrom('', 'a', ' b', 'é', '🎬', 'x:y', '\uFEFF', '{"a":1}', '\u2028', '0', 'data: c');
const field = fc.constantFrom('data', 'data', 'data', 'event', 'id', '', 'Data', 'foo', ' data', 'dat', 'datax');
const line = fc.oneof(
  fc.tuple(field, fc.constantFrom(':', ': ', ':  ', ''), word).map((parts) => parts.join('')),
  fc.constant(''),
  fc.constant(''),
);
const ending = fc.constantFrom('\n', '\n', '\r', '\r\n');
const stream = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(line, ending), { maxLength: 30 }), word)
  .map(([mark, lines, rest]) =>
    new TextEncoder().encode((mark ? '\uFEFF' : '') + lines.map((parts) => parts.join('')).join('') + rest),
  );

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
}

test('however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat(), { maxLength: 12 }), async (bytes, places) => {
      expect(await read(cut(bytes, places))).toEqual(interpret(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('however it is damaged', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 10, 13, 32, 58, 0x80, 0xc3, 0xf0, 0xff, 100)), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(stream, damage, fc.array(fc.nat(), { maxLength: 12 }), async (whole, hits, places) => {
      const bytes = Uint8Array.from(whole);
      for (const [place, byte] of hits) if (bytes.length > 0) bytes[place % bytes.length] = byte;
      expect(await read(cut(bytes, places))).toEqual(interpret(bytes));
    }),
    { numRuns: 2000 },
  );
});
