/** Plays a recorded trace back to a client, by a `fetch` that asks nobody. */
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { emptySnapshot } from '../protocol/job-snapshot.ts';
import type { RetryOptions } from '../sse/backoff.ts';
import { sse } from '../sse/sse-transport.ts';
import type { Transport } from '../sse/transport.ts';
import { pathOf } from './path-of.ts';
import { recordedConnections } from './recorded-connection.ts';
import type { ExportedTrace, TraceEntry } from './trace-entry.ts';

type Call = Extract<TraceEntry, { kind: 'call' }>;

/** What a client needs to live through a trace again. */
export interface ReplayOptions {
  fetch: typeof globalThis.fetch;
  transport: Transport;
  /** No waits, and as many attempts as were recorded. */
  retry: RetryOptions;
}

/**
 * Options for a client that gets what the recorded one got: with the same calls the same events and the same final
 * snapshot, without a network and without the waits. A connection that was open when the trace was exported stays open;
 * what was not recorded is answered with an error of code `TraceEnded`. A trace whose beginning was `dropped` plays the
 * rest.
 *
 * @throws {InvalidInputError} the trace is of another version
 * @example
 * const client = new AuraClient({ baseUrl: 'http://replay', ...replayTrace(JSON.parse(text)) });
 * for await (const job of client.watch(jobId)) console.log(job.percent, job.message);
 */
export function replayTrace({ version, entries }: ExportedTrace): ReplayOptions {
  if (version !== 1) {
    const message = `This is a trace of version ${String(version)}, and this SDK reads version 1. Use another one of the two.`;
    throw new InvalidInputError(message, { code: 'InvalidInput' });
  }
  const calls = entries.filter((entry): entry is Call => entry.kind === 'call');
  const connections = recordedConnections(entries);

  function answerCall(method: string, path: string): Response {
    const same = calls.filter((call) => call.method === method && apiPath(call.path) === path);
    const [call] = same;
    if (!call) return answerUnknown(method, path);
    // The last good answer stands: a reader may ask once more than the recorded one.
    const stands = same.length === 1 && method === 'GET' && call.status === 200;
    if (!stands) calls.splice(calls.indexOf(call), 1);
    const { status, requestId, message, body } = call;
    if (status === undefined) throw new TypeError(message);
    // Some statuses forbid even an empty body.
    return new Response(body || null, {
      status,
      headers: requestId === undefined ? {} : { 'x-correlation-id': requestId },
    });
  }

  function answerStream(path: string, signal: AbortSignal | null | undefined): Response {
    const exact = connections.find((connection) => apiPath(connection.path) === path);
    // Somebody who looks at a trace may ask for `?replay=all` where the customer did not.
    const next = exact ?? connections.find((connection) => samePlace(connection.path, path));
    if (!next) return traceEnded();
    connections.splice(connections.indexOf(next), 1);
    return next.play(signal);
  }

  return {
    transport: sse,
    retry: { initialDelayMs: 0, maxAttempts: Infinity },
    async fetch(input, init) {
      init?.signal?.throwIfAborted();
      const path = apiPath(pathOf(String(input)));
      const isStream = new Headers(init?.headers).get('accept') === 'text/event-stream';
      return isStream ? answerStream(path, init?.signal) : answerCall(init?.method ?? 'GET', path);
    },
  };
}

/** A job that was only streamed was never read: its events tell all that is known. */
function answerUnknown(method: string, path: string): Response {
  const [, jobId] = /^\/api\/jobs\/([^/?]+)$/.exec(path) ?? [];
  if (method !== 'GET' || jobId === undefined) return traceEnded();
  return Response.json(emptySnapshot(decodeURIComponent(jobId)));
}

/** A status that no client tries again. */
function traceEnded(): Response {
  return Response.json({ code: 'TraceEnded', detail: 'The trace holds no more of this.' }, { status: 409 });
}

/** The API may stand at another place on the customer's server than here. */
function apiPath(path: string): string {
  return path.slice(Math.max(0, path.indexOf('/api/')));
}

function samePlace(a: string, b: string): boolean {
  return apiPath(a).split('?')[0] === b.split('?')[0];
}
