/** What the standard says of event streams (WHATWG HTML, 9.2), case by case. Runs in Node and in browsers. */
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { ConnectionState, StreamEvent } from '@aura-jobs/sdk/sse';

export interface StandardCase {
  readonly name: string;
  /** The body, in the pieces in which it arrives; text is sent as UTF-8. */
  readonly body?: readonly (string | readonly number[])[];
  /** Also deliver the whole body byte by byte, which must change nothing. @defaultValue true for cases with a body */
  readonly status?: number;
  readonly type?: string | null;
  readonly headers?: Record<string, string>;
  /** `type data` of each event, in order. */
  readonly events?: readonly string[];
  /** The id that the next request carries, `null` for none. */
  readonly resumesFrom?: string | null;
  /** How the stream stands after the answer. @defaultValue it is opened again */
  readonly ends?: 'closed' | 'failed';
  /** Wait before the next request, as the server asked for it, in ms. */
  readonly waits?: number;
}

const BOM = [0xef, 0xbb, 0xbf];

export const CASES: readonly StandardCase[] = [
  // Fields and lines
  { name: 'one data line', body: ['data: a\n\n'], events: ['message a'] },
  { name: 'no space after the colon', body: ['data:a\n\n'], events: ['message a'] },
  { name: 'only the first space is taken away', body: ['data:  a\n\n'], events: ['message  a'] },
  { name: 'a tab is data', body: ['data:\ta\n\n'], events: ['message \ta'] },
  { name: 'spaces at the end stay', body: ['data: a  \n\n'], events: ['message a  '] },
  {
    name: 'several data lines are joined by line feeds',
    body: ['data: a\ndata: b\ndata: c\n\n'],
    events: ['message a\nb\nc'],
  },
  { name: 'empty data lines count', body: ['data\ndata\n\n'], events: ['message \n'] },
  { name: 'a data field without colon is an event with empty data', body: ['data\n\n'], events: ['message '] },
  { name: 'a data field with an empty value too', body: ['data:\n\n'], events: ['message '] },
  { name: 'a block without data is no event', body: ['event: a\n\ndata: b\n\n'], events: ['message b'] },
  { name: 'empty lines alone are nothing', body: ['\n\n\n\ndata: a\n\n\n\n'], events: ['message a'] },
  { name: 'a colon in the data stays', body: ['data: a:b: c\n\n'], events: ['message a:b: c'] },
  { name: 'an event name', body: ['event: x\ndata: a\n\n'], events: ['x a'] },
  { name: 'the name may follow the data', body: ['data: a\nevent: x\n\n'], events: ['x a'] },
  { name: 'the last name counts', body: ['event: x\nevent: y\ndata: a\n\n'], events: ['y a'] },
  { name: 'an empty name is message', body: ['event: x\nevent:\ndata: a\n\n'], events: ['message a'] },
  { name: 'the name holds for one event', body: ['event: x\ndata: a\n\ndata: b\n\n'], events: ['x a', 'message b'] },
  { name: 'a name without data does not last', body: ['event: x\n\ndata: b\n\n'], events: ['message b'] },
  {
    name: 'field names are compared exactly',
    body: ['Data: a\nDATA: b\n data: c\ndata : d\ndata: e\n\n'],
    events: ['message e'],
  },
  { name: 'unknown fields are ignored', body: ['foo: a\nbar\ndata: b\n\n'], events: ['message b'] },
  { name: 'a comment is ignored', body: [': a\ndata: b\n: c\n\n'], events: ['message b'] },
  { name: 'an empty comment', body: [':\ndata: b\n\n'], events: ['message b'] },
  {
    name: 'a comment between data lines does not part them',
    body: ['data: a\n:x\ndata: b\n\n'],
    events: ['message a\nb'],
  },
  { name: 'a long comment', body: [`:${'x'.repeat(100_000)}\ndata: a\n\n`], events: ['message a'] },
  { name: 'an unfinished last block is dropped', body: ['data: a\n\ndata: b'], events: ['message a'] },
  { name: 'a last block without its empty line is dropped', body: ['data: a\n\ndata: b\n'], events: ['message a'] },
  { name: 'NUL in data stays', body: ['data: a\0b\n\n'], events: ['message a\0b'] },

  // Line ends
  { name: 'carriage returns', body: ['data: a\rdata: b\r\r'], events: ['message a\nb'] },
  { name: 'carriage return and line feed', body: ['data: a\r\ndata: b\r\n\r\n'], events: ['message a\nb'] },
  { name: 'all three mixed', body: ['data: a\r\ndata: b\rdata: c\n\r\n'], events: ['message a\nb\nc'] },
  {
    name: 'CRLF cut in two is one line end',
    body: ['data: a\r', '\ndata: b\r', '\n\r', '\n'],
    events: ['message a\nb'],
  },
  { name: 'a line cut in two', body: ['da', 'ta: a', 'b\n', '\n'], events: ['message ab'] },
  { name: 'LF then CR is two line ends', body: ['data: a\n\rdata: b\n\n'], events: ['message a', 'message b'] },
  { name: 'U+2028 is no line end', body: ['data: a\u2028b\n\n'], events: ['message a\u2028b'] },
  { name: 'U+0085 is no line end', body: ['data: a\u0085b\n\n'], events: ['message a\u0085b'] },
  { name: 'form feed and vertical tab are no line ends', body: ['data: a\fb\vc\n\n'], events: ['message a\fb\vc'] },

  // Encoding
  { name: 'a byte order mark is taken away', body: [BOM, 'data: a\n\n'], events: ['message a'] },
  { name: 'a byte order mark in pieces', body: [[0xef], [0xbb], [0xbf], 'data: a\n\n'], events: ['message a'] },
  { name: 'only one byte order mark', body: [BOM, BOM, 'data: a\n\ndata: b\n\n'], events: ['message b'] },
  { name: 'a byte order mark later is data', body: ['data: \uFEFFa\n\n'], events: ['message \uFEFFa'] },
  { name: 'two, three and four bytes a character', body: ['data: é€🎬\n\n'], events: ['message é€🎬'] },
  {
    name: 'a character cut in pieces',
    body: [[0x64, 0x61, 0x74, 0x61, 0x3a, 0xf0], [0x9f], [0x8e], [0xac, 0x0a, 0x0a]],
    events: ['message 🎬'],
  },
  { name: 'what is not UTF-8 is replaced', body: ['data: a', [0xff], 'b\n\n'], events: ['message a\uFFFDb'] },
  {
    name: 'a character that never ends is replaced',
    body: ['data: a', [0xe2, 0x82], '\n\n'],
    events: ['message a\uFFFD'],
  },
  {
    name: 'the charset of the type is of no interest',
    type: 'text/event-stream; charset=iso-8859-1',
    body: ['data: é\n\n'],
    events: ['message é'],
  },

  // Ids
  { name: 'an id', body: ['id: 1\ndata: a\n\n'], events: ['message a'], resumesFrom: '1' },
  {
    name: 'an id lasts',
    body: ['id: 1\ndata: a\n\ndata: b\n\n'],
    events: ['message a', 'message b'],
    resumesFrom: '1',
  },
  { name: 'the last id counts', body: ['id: 1\nid: 2\ndata: a\n\n'], events: ['message a'], resumesFrom: '2' },
  {
    name: 'an empty id resets',
    body: ['id: 1\ndata: a\n\nid:\ndata: b\n\n'],
    events: ['message a', 'message b'],
    resumesFrom: null,
  },
  {
    name: 'an id field without colon resets',
    body: ['id: 1\ndata: a\n\nid\ndata: b\n\n'],
    events: ['message a', 'message b'],
    resumesFrom: null,
  },
  {
    name: 'an id with NUL is ignored',
    body: ['id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n'],
    events: ['message a', 'message b'],
    resumesFrom: '1',
  },
  { name: 'an id without data counts', body: ['id: 1\n\n'], events: [], resumesFrom: '1' },
  {
    name: 'the id of an unfinished block does not count',
    body: ['id: 1\ndata: a\n\nid: 2\ndata: b\n'],
    events: ['message a'],
    resumesFrom: '1',
  },
  { name: 'an id may be any text', body: ['id:  x y:z\ndata: a\n\n'], events: ['message a'], resumesFrom: 'x y:z' },

  {
    name: 'an id beyond ASCII is sent in UTF-8',
    body: ['id: é🎬\ndata: a\n\n'],
    events: ['message a'],
    resumesFrom: '\xc3\xa9\xf0\x9f\x8e\xac',
  },

  // Reconnection time
  { name: 'retry', body: ['retry: 7\nid: 1\ndata: a\n\n'], events: ['message a'], waits: 7 },
  { name: 'the last retry counts', body: ['retry: 3\nretry: 9\nid: 1\n\n'], waits: 9 },
  { name: 'retry that is no number is ignored', body: ['retry: 5\nretry: 1s\nid: 1\n\n'], waits: 5 },
  { name: 'a negative retry is ignored', body: ['retry: 5\nretry: -1\nid: 1\n\n'], waits: 5 },
  { name: 'a retry with a fraction is ignored', body: ['retry: 5\nretry: 1.5\nid: 1\n\n'], waits: 5 },
  { name: 'an empty retry is ignored', body: ['retry: 5\nretry:\nid: 1\n\n'], waits: 5 },
  { name: 'retry with zeros in front', body: ['retry: 0008\nid: 1\n\n'], waits: 8 },
  { name: 'retry outside of a block counts at once', body: ['retry: 6\n', 'id: 1\n\n'], waits: 6 },

  // HTTP
  { name: '204 ends for good', status: 204, ends: 'closed' },
  {
    name: 'type with parameters',
    type: 'text/event-stream;charset=utf-8',
    body: ['data: a\n\n'],
    events: ['message a'],
  },
  { name: 'type in capitals', type: 'TEXT/Event-Stream', body: ['data: a\n\n'], events: ['message a'] },
  { name: 'another type', type: 'text/plain', body: ['data: a\n\n'], ends: 'failed' },
  { name: 'a type that only begins alike', type: 'text/event-streams', body: ['data: a\n\n'], ends: 'failed' },
  { name: 'no type', type: null, body: ['data: a\n\n'], ends: 'failed' },
  ...[400, 401, 403, 404, 410].map((status): StandardCase => ({ name: `${status} is final`, status, ends: 'failed' })),
  ...[408, 429, 500, 502, 503, 504].map((status): StandardCase => ({ name: `${status} is tried again`, status })),
  { name: 'an empty body is tried again', body: [] },
];

export interface Outcome {
  readonly events: string[];
  readonly end: ConnectionState['status'];
  /** `Last-Event-ID` of the second request; `undefined` when there was none. */
  readonly resumedFrom: string | null | undefined;
  /** Waits before a second request, in ms, as the state told them. */
  readonly waited: number[];
}

/** Plays a case: the first request gets its answer, a second one 204. @param bytewise deliver each byte on its own */
export async function play(standard: StandardCase, { bytewise = false } = {}): Promise<Outcome> {
  const events: string[] = [];
  const waited: number[] = [];
  const requests: Headers[] = [];
  const timers: number[] = [];
  const setTimer = globalThis.setTimeout;
  const answer = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    requests.push(new Headers(init?.headers));
    return requests.length === 1 ? toResponse(standard, bytewise) : new Response(null, { status: 204 });
  };
  globalThis.setTimeout = ((task: () => void, ms = 0, ...rest: []) => {
    timers.push(ms);
    return setTimer(task, ms, ...rest);
  }) as typeof setTimeout;
  try {
    const end = await new Promise<ConnectionState['status']>((resolve) => {
      connectEventStream('http://standard.invalid/', {
        fetch: answer,
        retry: { initialDelayMs: 1, jitter: false },
        onEvent: ({ type, data }: StreamEvent) => void events.push(`${type} ${data}`),
        onStateChange: ({ status }) => (status === 'closed' || status === 'failed') && resolve(status),
      });
    });
    if (standard.waits !== undefined && timers.includes(standard.waits)) waited.push(standard.waits);
    return { events, end, resumedFrom: requests[1]?.get('last-event-id'), waited };
  } finally {
    globalThis.setTimeout = setTimer;
  }
}

function toResponse(
  { body = [], status = 200, type = 'text/event-stream', headers }: StandardCase,
  bytewise: boolean,
): Response {
  const pieces = body.map((piece) =>
    typeof piece === 'string' ? new TextEncoder().encode(piece) : Uint8Array.from(piece),
  );
  const chunks = bytewise ? pieces.flatMap((piece) => [...piece].map((byte) => Uint8Array.of(byte))) : pieces;
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => (next < chunks.length ? controller.enqueue(chunks[next++]!) : controller.close()),
  });
  return new Response(status === 204 ? null : stream, {
    status,
    headers: { ...(type !== null && { 'content-type': type }), ...headers },
  });
}

/** What a case's outcome has to be. */
export function expected({ status = 200, type, events, ends, resumesFrom, waits }: StandardCase): Partial<Outcome> {
  const opened = status === 200 && !ends && type !== null;
  return {
    events: [...(events ?? [])],
    end: ends ?? 'closed',
    ...(ends && { resumedFrom: undefined }),
    ...(opened && resumesFrom !== undefined && { resumedFrom: resumesFrom }),
    ...(waits !== undefined && { waited: [waits] }),
  };
}
