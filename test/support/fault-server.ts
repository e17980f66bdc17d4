/** A real HTTP server that tells recorded jobs by the protocol, and does to each request what a schedule says. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareEventIds, emptySnapshot, foldEvents, isEventId, parseJobEvent } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import { WELL } from './fault-plan.ts';
import type { Fault, LogEntry, Plan } from './fault-plan.ts';

export interface PlayedJob {
  readonly jobId: string;
  /** The token that is good now. */
  readonly token: string;
  /** How many requests came so far. */
  readonly requests: number;
}

export interface FaultServer {
  readonly url: string;
  /** Puts a job on the server, with what will happen to its requests; afterwards the server is well. */
  play(plan: Plan): PlayedJob;
  close(): Promise<void>;
}

/** The state after these events. */
export function foldOf(jobId: string, log: readonly LogEntry[]): JobSnapshot {
  const events = log.map(({ id, type, data }) => parseJobEvent({ id, type, data: JSON.stringify(data) }));
  return foldEvents(emptySnapshot(jobId), events);
}

/** The state for a reader who has no place in the log: the newest event of each kind that tells it, with its own id. */
function greetingOf(log: readonly LogEntry[]): LogEntry[] {
  const ended = /^job-(completed|failed|cancelled)$/.test(log.at(-1)!.type);
  const newest = ['job-status', 'step-status', 'step-progress'].flatMap(
    (type) => log.findLast((e) => e.type === type) ?? [],
  );
  const greeting = newest.filter(({ id }) => compareEventIds(id, newest[0]!.id) >= 0);
  if (ended) greeting.push(log.at(-1)!);
  greeting.sort((a, b) => compareEventIds(a.id, b.id));
  if (ended) return greeting;
  const { status, stage, percent, correlationId } = foldOf('', log);
  return [{ ...greeting[0]!, data: { status, stage, percent, correlationId } }, ...greeting.slice(1)];
}

class Job {
  readonly jobId: string;
  requests = 0;
  /** Events that have happened so far; a job exists from its first one on. */
  happened = 1;
  token = 1;
  /** Events before this place are forgotten, and with them the readers who stand there. */
  #horizon = 0;
  /** A reader was told that its place is lost: the state, which is all that is left to it, is told without a fault. */
  #owesState = false;
  /** A token is good for one stream at least. */
  #mayExpire = true;
  readonly #log: readonly LogEntry[];
  readonly #schedule: readonly Fault[];

  constructor(jobId: string, { log, schedule }: Plan) {
    this.jobId = jobId;
    this.#log = log;
    this.#schedule = schedule;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://localhost');
    const wantsState = !url.pathname.endsWith('/events');
    const planned = this.#schedule[this.requests++] ?? WELL;
    const fault = wantsState && this.#owesState ? { ...WELL, happens: planned.happens } : planned;
    this.happened = Math.min(this.#log.length, this.happened + fault.happens);
    if (fault.answer === 'expired' && this.#mayExpire) {
      this.#mayExpire = false;
      this.token++;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) return void response.writeHead(401).end('{}');
    if (typeof fault.answer === 'number') return refuse(response, fault.answer, fault.retryAfter);
    if (fault.answer === 'reset') return void request.socket.resetAndDestroy();
    if (fault.answer === 'portal')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in');
    // Nobody listens on port 2, on any machine, so whoever goes there is refused.
    if (fault.answer === 'refused') return void response.writeHead(307, { location: 'http://127.0.0.1:2/' }).end();
    if (wantsState) await this.#state(response, fault);
    else await this.#stream(request, response, url.searchParams, fault);
  }

  async #state(response: ServerResponse, fault: Fault): Promise<void> {
    this.#owesState = false;
    const body = Buffer.from(JSON.stringify(foldOf(this.jobId, this.#log.slice(0, this.happened))));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    // With a length told beforehand, no body can end in order too early.
    await send(response, body, fault.cut === 'clean' ? { ...fault, cut: 'end' } : fault);
  }

  async #stream(
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    fault: Fault,
  ): Promise<void> {
    const log = this.#log;
    const cursors = [request.headers['last-event-id'], query.get('lastEventId')].filter((id) => isEventId(id));
    const cursor = cursors.sort(compareEventIds).at(-1);
    const told = log.findIndex(({ id }) => id === cursor) + 1;
    if (told === log.length) return void response.writeHead(204).end();
    this.#mayExpire = true;
    const { happened } = this;
    const known = log.slice(0, happened);
    if (fault.forgets) this.#horizon = Math.max(this.#horizon, told);
    const lost = (this.#owesState = cursor !== undefined && told <= this.#horizon);
    const entries =
      cursor === undefined && query.get('replay') === 'all'
        ? known
        : lost || told === 0
          ? greetingOf(known)
          : known.slice(told);
    const frames = withEchoes(entries, lost ? [] : log.slice(0, told), fault).map((entry, n) =>
      frameOf(entry, n, fault),
    );
    if (lost) frames.unshift(frameOf({ type: 'resync', data: { resync: true } }, 0, fault));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const ended = happened === log.length;
    // The end of a stream that is not the end of its job is announced.
    await send(response, Buffer.from(frames.join('') + (ended ? '' : `retry: 0${fault.newline.repeat(2)}`)), fault);
  }
}

export async function startFaultServer(): Promise<FaultServer> {
  const jobs = new Map<string, Job>();
  const server = createServer((request, response) => {
    const jobId = request.url!.split(/[/?]/)[3]!;
    const job = jobs.get(jobId);
    if (job) job.answer(request, response).catch(() => response.destroy());
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1000, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play(plan) {
      const job = new Job(`job-${jobs.size}`, plan);
      jobs.set(job.jobId, job);
      return {
        jobId: job.jobId,
        get token() {
          return String(job.token);
        },
        get requests() {
          return job.requests;
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error page as proxies make them. */
function refuse(response: ServerResponse, status: number, retryAfter: Fault['retryAfter']): void {
  // A date has no fractions of a second, so the one that is now is past.
  const when = { none: {}, seconds: { 'retry-after': '0' }, date: { 'retry-after': new Date().toUTCString() } };
  response.writeHead(status, { 'content-type': 'text/html', ...when[retryAfter] }).end('<html>busy');
}

/** Puts frames that were told before in between, as a server does that loses count of what it has sent. */
function withEchoes(entries: readonly LogEntry[], before: readonly LogEntry[], { echoes }: Fault): LogEntry[] {
  const told = [...before];
  const wire: LogEntry[] = [];
  const repeat = (place: number): void => {
    for (const { at, back, count, reversed } of echoes) {
      if (at !== place) continue;
      const from = Math.max(0, told.length - back);
      const again = told.slice(from, from + count);
      wire.push(...(reversed ? again.toReversed() : again));
    }
  };
  entries.forEach((entry, place) => {
    repeat(place);
    wire.push(entry);
    told.push(entry);
  });
  repeat(entries.length);
  return wire;
}

const NOISE = [
  ': keepalive é',
  'event: heartbeat\ndata: {"Timestamp":"2026-01-01T00:00:00Z","Status":"alive"}',
  'retry: 0',
  'event: brand-new\ndata: {"noise":true}',
  'event: without data',
  'data: 7\nfoo: bar\nbar',
  ':',
  'event: error\ndata: {}',
];

function frameOf(
  { id, type, data }: Omit<LogEntry, 'id'> & { id?: string },
  n: number,
  { noise, newline }: Fault,
): string {
  // White space between the parts of a payload means nothing, so it may come in many lines.
  const lines = JSON.stringify(data, null, noise ? 1 : 0).split('\n');
  const text = `${id ? `id: ${id}\n` : ''}event: ${type}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`;
  return (noise ? `${NOISE[n % NOISE.length]!}\n\n${text}` : text).replaceAll('\n', newline);
}

/** Writes a body piece by piece, up to where it breaks off. */
async function send(response: ServerResponse, whole: Buffer, { bytes, cut, piece, slow }: Fault): Promise<void> {
  const { socket } = response;
  const part = whole.subarray(0, bytes);
  if (!slow) socket?.cork();
  response.flushHeaders();
  for (let at = 0; at < part.length; at += piece) {
    response.write(part.subarray(at, at + piece));
    if (slow) await nextTurn();
  }
  if (!slow) socket?.uncork();
  if (part.length === whole.length || cut === 'clean') return void response.end();
  if (cut === 'end') socket?.end();
  else if (cut === 'reset') socket?.resetAndDestroy();
}
