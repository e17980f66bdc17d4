/** The page of the browser tests: follows jobs as its query says, and notes all it hears. */
import { AuraClient } from '@aura-jobs/sdk';
import type { JobWatcher } from '@aura-jobs/sdk';
import { rememberJobs, shareAcrossTabs } from '@aura-jobs/sdk/browser';

/** What a page has heard, by name of what it did; times are Unix ms. */
export interface TabNotes {
  /** Every event of one job's log. */
  readonly heard: { readonly id: string; readonly at: number }[];
  /** Numbers of the events of several jobs. */
  readonly seqs: Record<string, number[]>;
  /** What a bar would show. */
  readonly percents: {
    readonly jobId: string;
    readonly percent: number;
    readonly status: string;
    readonly at: number;
  }[];
  readonly states: { readonly status: string; readonly at: number }[];
  /** Attempts after failures. */
  attempts: number;
  /** What is remembered. */
  readonly remembered: () => string[];
}

const query = new URLSearchParams(location.search);
const jobIds = query.getAll('job');
const client = new AuraClient({ baseUrl: query.get('server')!, transport: shareAcrossTabs() });
const memory = rememberJobs(client);
const notes: TabNotes = {
  heard: [],
  seqs: {},
  percents: [],
  states: [],
  attempts: 0,
  remembered: () => memory.jobs.map(({ jobId }) => jobId),
};
Object.assign(window, { notes });

function note(watcher: JobWatcher): void {
  let shown = -1;
  let status = '';
  const look = (): void => {
    const { jobId, snapshot, connection } = watcher;
    const at = Date.now();
    if (snapshot && (snapshot.percent !== shown || snapshot.status !== notes.percents.at(-1)?.status))
      notes.percents.push({ jobId, percent: (shown = snapshot.percent), status: snapshot.status, at });
    if (connection.status === status) return;
    notes.states.push({ status: (status = connection.status), at });
    if (connection.status === 'reconnecting') notes.attempts++;
  };
  watcher.subscribe(look);
  look();
}

async function readLog(jobId: string): Promise<void> {
  for await (const { id = '' } of client.events(jobId, { replay: 'all' })) notes.heard.push({ id, at: Date.now() });
}

function watchAll(): void {
  for (const watcher of client.watchAll(jobIds).watchers) note(watcher);
  for (const jobId of jobIds) {
    const seqs: number[] = (notes.seqs[jobId] = []);
    client.subscribe(jobId, {
      onEvent({ data }) {
        const { seq } = data as { seq?: number };
        if (seq !== undefined) seqs.push(seq);
      },
    });
  }
}

/** As an application does it: first what was there before, then what is new. */
function remember(): void {
  for (const watcher of memory.restore()) note(watcher);
  if (history.state) return;
  history.replaceState('begun', '');
  for (const jobId of jobIds) note(memory.add(jobId));
}

const modes: Record<string, () => unknown> = {
  none: () => {},
  log: () => readLog(jobIds[0]!),
  watch: () => note(client.watch(jobIds[0]!)),
  watchAll,
  remember,
};
await modes[query.get('mode')!]!();
