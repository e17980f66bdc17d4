/** Readers who follow a job from its first event to its last by cursor, in every way there is, whatever the server does. */
import { setTimeout as delay } from 'node:timers/promises';
import { AuraClient, isAuraError, JobCanceledError, JobFailedError } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { isTerminalEvent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { as, KEYS, offering } from '../../reference-server/owned-server.ts';
import type { Name } from '../../reference-server/owned-server.ts';
import { openRawSocket } from '../../reference-server/raw-socket.ts';
import { toEvent } from '../../reference-server/simulated-jobs.ts';
import type { RawEvent } from '../../reference-server/simulated-jobs.ts';
import { openRawStream } from '../../support/raw-stream.ts';
import type { Acknowledged } from './ledger.ts';

const PAUSE_MS = 50;

/** What one reader was told, in the order in which it was told. */
export interface Told {
  readonly reader: string;
  readonly owner: Name;
  readonly jobIds: readonly string[];
  readonly events: RawEvent[];
  /** How often it had to connect. */
  connections: number;
  /** All jobs have ended, or are gone. */
  readonly done: Promise<void>;
}

/** Reads on after `cursor`, or from the beginning. @returns whether there will be more */
type Connection = (url: string, told: Told, cursor: string | undefined) => Promise<boolean>;

const queryOf = (cursor: string | undefined): string => (cursor ? `lastEventId=${cursor}` : 'replay=all');
const pathOf = ({ jobIds }: Told, cursor: string | undefined): string =>
  jobIds.length > 1
    ? `/api/events?jobs=${jobIds.join()}&${queryOf(cursor)}`
    : `/api/jobs/${jobIds[0]}/events?${queryOf(cursor)}`;
const isOver = (status: number): boolean => status === 204 || status === 404;

const overStream: Connection = async (url, told, cursor) => {
  const stream = await openRawStream(url + pathOf(told, cursor), { headers: as(told.owner) });
  if (stream.response.ok && stream.response.status === 200) await stream.ended;
  told.events.push(...stream.events.map(toEvent));
  return !isOver(stream.response.status);
};

const overPages: Connection = async (url, told, cursor) => {
  const response = await fetch(`${url}${pathOf(told, cursor)}&wait=5`, { headers: as(told.owner) });
  if (response.status === 200) told.events.push(...((await response.json()) as { events: RawEvent[] }).events);
  return !isOver(response.status);
};

const overSocket: Connection = async (url, told, cursor) => {
  const path = pathOf(told, cursor).replace('/events?', '/ws?');
  const socket = await openRawSocket(url + path, offering(KEYS[told.owner]));
  const { code } = await socket.closed;
  told.events.push(...socket.events);
  return !isOver(code - 4000);
};

const CONNECTIONS: Readonly<Record<string, Connection>> = { stream: overStream, pages: overPages, socket: overSocket };

/** Ways to read one job. */
export const WAYS = ['sdk', ...Object.keys(CONNECTIONS)];

/** @param reader one of {@link WAYS}; for several jobs `stream` */
export function follow(url: string, reader: string, owner: Name, jobIds: readonly string[]): Told {
  const told: Told = { reader, owner, jobIds, events: [], connections: 0, done: undefined! };
  const done = reader === 'sdk' ? withSdk(url, told) : byHand(url, told, CONNECTIONS[reader]!);
  return Object.assign(told, { done });
}

async function byHand(url: string, told: Told, connect: Connection): Promise<void> {
  for (;;) {
    told.connections++;
    const cursor = told.events.findLast(({ id }) => id !== undefined)?.id;
    const more = await connect(url, told, cursor).catch(() => true);
    const ends = told.events.filter((event) => isTerminalEvent(event as unknown as JobEventDraft));
    if (!more || ends.length >= told.jobIds.length) return;
    await delay(PAUSE_MS);
  }
}

/** What a watcher of the SDK was shown. */
export interface Shown {
  readonly job: Acknowledged;
  readonly percents: number[];
  /** `undefined` when the job was deleted meanwhile. */
  readonly done: Promise<JobSnapshot | undefined>;
}

/** The state of a job, as a page has it. */
export function watch(url: string, job: Acknowledged): Shown {
  const client = new AuraClient({ baseUrl: url, getToken: () => KEYS[job.owner], retry: RETRY });
  const watcher = client.watch(job.jobId);
  const percents: number[] = [];
  watcher.subscribe(() => percents.push(watcher.snapshot?.percent ?? 0));
  const done = watcher.done.catch((error: unknown) => {
    if (error instanceof JobFailedError || error instanceof JobCanceledError) return watcher.snapshot!;
    if (isAuraError(error) && error.code === 'JobNotFound') return undefined;
    throw error;
  });
  return { job, percents, done };
}

const RETRY = { initialDelayMs: PAUSE_MS, maxDelayMs: 500, maxAttempts: Infinity };

async function withSdk(url: string, told: Told): Promise<void> {
  const { owner, jobIds, events } = told;
  const client = new AuraClient({ baseUrl: url, getToken: () => KEYS[owner], retry: RETRY });
  told.connections++;
  try {
    for await (const event of client.events(jobIds[0]!, { replay: 'all' })) {
      const type = event.type === 'unknown' ? event.name : event.type;
      events.push({ ...(event.id && { id: event.id }), type, data: JSON.parse(event.raw!) });
    }
  } catch (error) {
    // It was deleted: that is known of jobs that were.
    if (!isAuraError(error) || error.code !== 'JobNotFound') throw error;
  }
}
