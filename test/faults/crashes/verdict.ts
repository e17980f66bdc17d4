/** What must be true after any number of crashes, told as a list of what is not. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compareEventIds, isTerminalEvent } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { as } from '../../reference-server/owned-server.ts';
import type { RawEvent } from '../../reference-server/simulated-jobs.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { openRawStream } from '../../support/raw-stream.ts';
import { toEvent } from '../../reference-server/simulated-jobs.ts';
import { insist } from './insist.ts';
import type { Acknowledged, Ledger } from './ledger.ts';
import type { Shown, Told } from './readers.ts';

type Logs = ReadonlyMap<string, readonly RawEvent[]>;

/** Every job's log: as it is, or as it was when the job was deleted. */
export async function readLogs(url: string, ledger: Ledger): Promise<Map<string, readonly RawEvent[]>> {
  const logs = new Map<string, readonly RawEvent[]>();
  for (const { jobId, owner, deletedLog, deleted } of ledger.values()) {
    if (deleted) {
      logs.set(jobId, deletedLog!);
      continue;
    }
    const stream = await openRawStream(`${url}/api/jobs/${jobId}/events?replay=all`, { headers: as(owner) });
    await stream.ended;
    logs.set(jobId, stream.events.map(toEvent));
  }
  return logs;
}

/** Of one job's log. */
export function faultsOfLog(jobId: string, log: readonly RawEvent[]): string[] {
  const faults: string[] = [];
  const say = (what: string): void => void faults.push(`${jobId}: ${what}`);
  const ids = log.map(({ id }) => id!);
  if (ids.some((id, i) => i > 0 && compareEventIds(ids[i - 1]!, id) >= 0)) say('ids do not rise');
  const ends = log.filter((event) => isTerminalEvent(event as unknown as JobEventDraft));
  if (ends.length !== 1 || log.at(-1) !== ends[0]) say(`has ${ends.length} ends`);
  const of = (type: string, field: string) => log.flatMap(({ type: is, data }) => (is === type ? [data[field]] : []));
  const statuses = of('job-status', 'status').join(' ');
  if (!/^Queued (Running )?(Succeeded|Failed|Canceled)$/.test(statuses)) say(`was ${statuses}`);
  const steps = of('step-status', 'step').join(' ');
  if (!'Script TTS Visuals Composition Rendering'.startsWith(steps)) say(`began ${steps}`);
  const percents = of('step-progress', 'percent') as number[];
  if (percents.some((percent, i) => percent < (percents[i - 1] ?? 0))) say('its percentage has fallen');
  return faults;
}

/** Ids of all jobs of an owner, in the order in which they were given out. */
export function faultsOfIds(logs: Logs): string[] {
  const ids = [...logs.values()].flat().map(({ id }) => id!.split('-').map(Number) as [number, number]);
  const inOrder = ids.toSorted(([, a], [, b]) => a - b);
  return inOrder.flatMap(([ms, counter], i) => {
    const [beforeMs, before] = inOrder[i - 1] ?? [0, 0];
    if (counter === before) return [`the id ${ms}-${counter} was given out twice`];
    return ms < beforeMs ? [`the id ${ms}-${counter} is older than one before it`] : [];
  });
}

/** What a reader was told is the log, whole and in order; of a deleted job as far as it came. */
export function faultsOfReader({ reader, jobIds, events: told }: Told, logs: Logs, ledger: Ledger): string[] {
  // Of a job that was deleted, a reader of several is told so.
  const events = told.filter(({ type, data }) => type !== 'error' || !ledger.get(String(data.jobId))?.deleted);
  const who = `the ${reader} reader of ${jobIds.join(', ')}`;
  const rises = events.every(({ id }, i) => i === 0 || compareEventIds(events[i - 1]!.id ?? '', id ?? '') < 0);
  const unordered = rises ? [] : [`${who} was told ids that do not rise`];
  const wrong = jobIds.filter((jobId) => {
    const own = events.filter(({ data }) => data.jobId === jobId);
    const log = logs.get(jobId)!;
    return !isDeepStrictEqual(own, ledger.get(jobId)!.deleted ? log.slice(0, own.length) : log);
  });
  return [...unordered, ...wrong.map((jobId) => `${who} was not told the log of ${jobId}`)];
}

/** What a watcher was shown never went back, and ended as the job did. */
export async function faultsOfWatcher(url: string, { job, percents, done }: Shown): Promise<string[]> {
  const shown = await done;
  const { body } = await insist(url, job.owner, { method: 'GET', path: `/api/jobs/${job.jobId}` });
  const fell = percents.some((percent, i) => percent < (percents[i - 1] ?? 0));
  const same = job.deleted || (shown?.status === body.status && shown?.lastEventId === body.lastEventId);
  return [
    ...(fell ? [`the watcher of ${job.jobId} saw its percentage fall`] : []),
    ...(same
      ? []
      : [
          `the watcher of ${job.jobId} saw ${shown?.status} ${shown?.lastEventId}, not ${body.status} ${body.lastEventId}`,
        ]),
  ];
}

/** What was acknowledged is true. @param deaths of the server's processes, in Unix ms */
export async function faultsOfPromises(
  url: string,
  job: Acknowledged,
  log: readonly RawEvent[],
  deaths: readonly number[],
): Promise<string[]> {
  const { jobId, owner, request, deleted, cancelledAt } = job;
  const path = `/api/jobs/${jobId}`;
  const faults: string[] = [];
  const { status, body } = await insist(url, owner, { method: 'GET', path });
  if (status !== (deleted ? 404 : 200)) faults.push(`${jobId} is ${status}`);
  const stranger = await insist(url, owner === 'ann' ? 'bob' : 'ann', { method: 'GET', path });
  if (stranger.status !== 404) faults.push(`${jobId} is there for a stranger`);
  if (cancelledAt !== undefined && log.at(-1)!.type !== 'job-cancelled') {
    // A job may end at the moment in which it is cancelled, but not after the process that said so has died.
    const death = deaths.find((ms) => ms > cancelledAt) ?? Infinity;
    if (Number(log.at(-1)!.id!.split('-')[0]) > death)
      faults.push(`${jobId} was cancelled, and became ${log.at(-1)!.type}`);
  }
  if (!deleted) {
    const again = await insist(url, owner, request);
    // A retry of a job that is gone cannot be asked for again.
    if (again.status !== 404 && again.body.jobId !== jobId) faults.push(`the key of ${jobId} made ${again.body.jobId}`);
    for (const { path: file, sizeBytes } of body.artifacts as { path: string; sizeBytes: number }[]) {
      const response = await fetch(url + file, { headers: as(owner) });
      if ((await response.arrayBuffer()).byteLength !== sizeBytes) faults.push(`${file} is not whole`);
    }
  }
  return faults;
}

/** Only failed jobs leave a workspace, and only ended ones that succeeded leave files. */
export function faultsOfFolders({ dataDir }: TestServer, logs: Logs, ledger: Ledger): string[] {
  const allowed = { workspaces: 'job-failed', artifacts: 'job-completed' };
  return Object.entries(allowed).flatMap(([name, end]) => {
    const folder = join(dataDir, name);
    return (existsSync(folder) ? readdirSync(folder) : []).flatMap((entry) =>
      logs.get(entry)?.at(-1)?.type === end && !ledger.get(entry)!.deleted ? [] : [`${name}/${entry} was left behind`],
    );
  });
}
