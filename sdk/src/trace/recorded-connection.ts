/** A recorded connection as the answer of a server. */
import { recordedError } from './recorded-error.ts';
import type { TraceEntry } from './trace-entry.ts';

type ConnectionEntry = Exclude<TraceEntry, { kind: 'call' }>;

export interface RecordedConnection {
  readonly path: string;
  /** The same frames, and the same end. @throws what made the attempt fail before there was an answer */
  play(signal: AbortSignal | null | undefined): Response;
}

/** All connections of a trace, in the order in which they were begun. */
export function recordedConnections(entries: readonly TraceEntry[]): RecordedConnection[] {
  const byNumber = new Map<number, ConnectionEntry[]>();
  for (const entry of entries) {
    if (entry.kind === 'call') continue;
    const own = byNumber.get(entry.connection) ?? [];
    byNumber.set(entry.connection, own);
    own.push(entry);
  }
  return [...byNumber.values()].flatMap((own) => {
    const { path } = own[0]!;
    const connection = { path, play: (signal?: AbortSignal | null) => answer(own, signal) };
    // On a stream only the next answer, 204, says that nothing more will come.
    const last = own.at(-1)!;
    return isOpened(own) && last.kind === 'end' && last.final
      ? [connection, { path, play: nothingMore }]
      : [connection];
  });
}

function answer(entries: readonly ConnectionEntry[], signal: AbortSignal | null | undefined): Response {
  const last = entries.at(-1)!;
  if (!isOpened(entries)) {
    if (last.kind === 'error') throw recordedError(last);
    if (last.kind === 'end' && last.final) return nothingMore();
  }
  return new Response(playEntries(entries, signal), { headers: { 'content-type': 'text/event-stream' } });
}

/** The entry that says so may have been dropped. */
function isOpened(entries: readonly ConnectionEntry[]): boolean {
  return entries.some(({ kind }) => kind === 'open' || kind === 'frame');
}

function nothingMore(): Response {
  return new Response(null, { status: 204 });
}

/** One chunk per frame, pulled: an error in a stream throws away what was not read yet. */
function playEntries(
  entries: readonly ConnectionEntry[],
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
    pull(controller) {
      for (; next < entries.length; next++) {
        const entry = entries[next]!;
        if (entry.kind === 'end') return controller.close();
        if (entry.kind === 'error') return controller.error(recordedError(entry));
        const text = wireForm(entry);
        if (!text) continue;
        next++;
        return controller.enqueue(encoder.encode(text));
      }
      // The recording ends here, the connection did not: it stays open.
      return new Promise(() => {});
    },
  });
}

function wireForm(entry: ConnectionEntry): string {
  if (entry.kind === 'id') return `id: ${entry.id}\n\n`;
  if (entry.kind !== 'frame') return '';
  const { type, id, data } = entry;
  return `${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${data.replaceAll('\n', '\ndata: ')}\n\n`;
}
