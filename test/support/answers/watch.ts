/**
 * Looks at everything that the server of this process answers, whoever asks, and holds it against the server's own
 * description. It sits in the server, so that no reader has to be changed, and no answer is overlooked.
 */
import { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type WebSocket from 'ws';
import type { Description } from './description.ts';

/** The `ws` that the server uses. */
const { WebSocket: ServerSocket } = createRequire(new URL('../../../reference-server/package.json', import.meta.url))(
  'ws',
) as { WebSocket: new (...given: never[]) => WebSocket };

/** @param report told what is not as described, while it is being answered */
export function watchAnswers(description: Description, report: (difference: string) => void): void {
  // Readers at one place are given the same bytes.
  const seen = new WeakSet<object>();
  const isNew = (chunk: unknown): boolean => {
    if (typeof chunk !== 'object' || chunk === null) return true;
    const fresh = !seen.has(chunk);
    seen.add(chunk);
    return fresh;
  };
  const tell = (differences: readonly string[]): void => differences.forEach(report);
  const bodies = new WeakMap<ServerResponse, string[]>();

  function look(response: ServerResponse, chunk: unknown): void {
    if (typeof chunk === 'function' || chunk === undefined || chunk === null || chunk === '') return;
    const type = String(response.getHeader('content-type') ?? '');
    if (type.startsWith('text/event-stream')) {
      if (isNew(chunk)) tell(differencesOfBlocks(description, String(chunk)));
      return;
    }
    const body = bodies.get(response) ?? [];
    bodies.set(response, body);
    // Of a video it is enough that there is one.
    if (type.includes('json') || body.length === 0) body.push(type.includes('json') ? String(chunk) : '…');
  }

  function judge(response: ServerResponse): void {
    const { req, statusCode: status } = response;
    const path = (req as { originalUrl?: string }).originalUrl ?? req.url!;
    const headers = Object.fromEntries(
      Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
    );
    const body = (bodies.get(response) ?? []).join('');
    const upgrade = req.headers.upgrade?.toLowerCase() === 'websocket';
    tell(description.differences({ method: req.method!, path, status, upgrade, headers, body }));
  }

  const { write, end } = ServerResponse.prototype;
  ServerResponse.prototype.write = function (this: ServerResponse, ...given: unknown[]) {
    look(this, given[0]);
    return write.apply(this, given as never);
  } as typeof write;
  ServerResponse.prototype.end = function (this: ServerResponse, ...given: unknown[]) {
    look(this, given[0]);
    // A stream that is cut off was looked at as well.
    if (!this.writableEnded) judge(this);
    return end.apply(this, given as never);
  } as typeof end;

  const sockets = ServerSocket.prototype as WebSocket;
  const { send } = sockets;
  sockets.send = function (this: WebSocket, ...given: unknown[]) {
    const [data] = given;
    if (isNew(data)) tell(description.differencesOfMessage(JSON.parse(String(data)) as object));
    return send.apply(this, given as never);
  } as typeof send;
}

/** Of blocks of an event stream: comments, `retry`, and events. */
function differencesOfBlocks(description: Description, text: string): string[] {
  const blocks = text.split('\n\n');
  if (blocks.pop() !== '') return [`a block of the stream has no end: ${text.slice(-200)}`];
  return blocks.flatMap((block) => {
    if (/^: [^\n]*$/.test(block) || /^retry: \d+$/.test(block)) return [];
    const [, , id, type, data] = /^(id: (\S+)\n)?event: (\S+)\ndata: (.+)$/.exec(block) ?? [];
    if (type === undefined) return [`a block of the stream is not described: ${block.slice(0, 200)}`];
    return description.differencesOfEvent({ id, type, data: JSON.parse(data!) });
  });
}
