/** A server at its worst, by chance: whatever it does to its streams, the reader's list is the server's log. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';

/** What happens to one connection. */
interface Connection {
  /** Answer instead of a stream, or none. */
  readonly refusal: 'none' | '503' | '429' | '500' | 'network' | 'empty';
  /** The stream breaks after this many bytes. */
  readonly bytes: number;
  /** How it breaks. */
  readonly cut: 'clean' | 'error';
  /** Frames before the cursor that the server sends again. */
  readonly repeated: number;
  /** The server has forgotten where the reader was and says so. */
  readonly forgets: boolean;
  /** Comments and reconnection times between the frames. */
  readonly noise: boolean;
  /** Sizes of the pieces in which the bytes arrive. */
  readonly piece: number;
}

const TYPES = ['job-status', 'step-status', 'step-progress', 'step-progress', 'step-progress', 'warning'] as const;

/** A log of n events and its end. */
function logOf(length: number): { id: string; wire: string }[] {
  return Array.from({ length: length + 1 }, (_, n) => {
    const id = `1700000000${String(100 + Math.floor(n / 3))}-${n}`;
    const type = n === length ? 'job-completed' : TYPES[n % TYPES.length]!;
    const data = {
      step: 'TTS',
      status: n === length ? 'Succeeded' : 'Running',
      stage: 'TTS',
      percent: 20,
      message: `é ${n} 🎬`,
    };
    return { id, wire: `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n` };
  });
}

/** A server that treats each connection as the schedule says, and is well once the schedule is used up. */
function faultyFetch(log: readonly { id: string; wire: string }[], schedule: readonly Connection[]): typeof fetch {
  let n = 0;
  return async (_url, init) => {
    const fault = schedule[n++];
    const cursor = new Headers(init?.headers).get('last-event-id');
    const at = cursor ? log.findIndex(({ id }) => id === cursor) + 1 : 0;
    if (at === log.length) return new Response(null, { status: 204 });
    if (!fault) return stream([...log.slice(at).map(({ wire }) => wire)].join(''), Infinity, 'clean', 1 << 16);
    switch (fault.refusal) {
      case 'network':
        throw new TypeError('fetch failed');
      case '503':
      case '429':
        return new Response('<html>busy', { status: Number(fault.refusal), headers: { 'retry-after': '0' } });
      case '500':
        return new Response(null, { status: 500 });
      case 'empty':
        return stream('', Infinity, fault.cut, 1);
      case 'none': {
        // A lost cursor makes the server tell everything again, after saying so.
        const from = fault.forgets && at > 0 ? 0 : Math.max(0, at - fault.repeated);
        const frames = log
          .slice(from)
          .map(({ wire }, i) => (fault.noise && i % 2 ? `: noise\nretry: 0\n\n${wire}` : wire));
        const said = fault.forgets && at > 0 ? 'event: resync\ndata: {"resync":true}\n\n' : '';
        return stream(said + frames.join(''), fault.bytes, fault.cut, fault.piece);
      }
    }
  };
}

function stream(text: string, bytes: number, cut: 'clean' | 'error', piece: number): Response {
  const whole = new TextEncoder().encode(text).subarray(0, bytes);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent < whole.length) controller.enqueue(whole.subarray(sent, (sent += piece)));
      else if (cut === 'clean') controller.close();
      else controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

const connection: fc.Arbitrary<Connection> = fc.record({
  refusal: fc.constantFrom('none', 'none', 'none', 'none', '503', '429', '500', 'network', 'empty'),
  bytes: fc.nat(3000),
  cut: fc.constantFrom('clean', 'error'),
  repeated: fc.nat(3),
  forgets: fc.constant(false),
  noise: fc.boolean(),
  piece: fc.integer({ min: 1, max: 400 }),
});

async function read(length: number, schedule: readonly Connection[]): Promise<{ ids: string[]; log: string[] }> {
  const log = logOf(length);
  const client = new AuraClient({
    baseUrl: 'http://faulty.invalid',
    fetch: faultyFetch(log, schedule),
    retry: { initialDelayMs: 0, maxAttempts: Infinity },
  });
  const ids: string[] = [];
  for await (const { id, type } of client.events('a', { replay: 'all' })) if (type !== 'resync') ids.push(id!);
  return { ids, log: log.map(({ id }) => id) };
}

test('10,000 schedules of cuts, refusals, repeats and noise', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`schedules from seed ${seed}; SEED=${seed} plays them again`);
  await fc.assert(
    fc.asyncProperty(fc.nat(25), fc.array(connection, { maxLength: 12 }), async (length, schedule) => {
      const { ids, log } = await read(length, schedule);
      expect(ids).toEqual(log);
    }),
    { numRuns: 10_000, seed },
  );
}, 300_000);

test('a server that loses history tells it again, and nothing is missing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(25),
      fc.array(fc.tuple(connection, fc.boolean()), { maxLength: 8 }),
      async (length, schedule) => {
        const { ids, log } = await read(
          length,
          schedule.map(([one, forgets]) => ({ ...one, forgets })),
        );
        // What follows a resync is told from the beginning: the last telling is whole and in order, up to the end.
        expect([...new Set(ids)].sort()).toEqual([...log].sort());
        expect(ids.at(-1)).toBe(log.at(-1));
        expect(ids.filter((id) => id === log.at(-1))).toHaveLength(1);
      },
    ),
    { numRuns: 1000 },
  );
});
