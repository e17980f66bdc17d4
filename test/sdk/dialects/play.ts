/** Tells a job in some backend's words to a watcher and to a reader of events, and notes what they make of it. */
import type { ServerResponse } from 'node:http';
import { AuraClient, isAuraError } from '@aura-jobs/sdk';
import type { JobFailedError, JobSnapshot } from '@aura-jobs/sdk';
import { eventually } from '../../support/eventually.ts';
import { openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { Words } from './words.ts';

export interface Notes {
  /** The state when the first connection has told everything. */
  readonly middle: object;
  readonly final: object;
  /** The terminal events that a reader of events was told. */
  readonly ends: readonly string[];
}

/** What a page shows of a job: everything but ids, times of day and the log. */
export function shown(job: JobSnapshot): object {
  const { status, stage, phase, percent, message, substageDetail, currentItem, totalItems } = job;
  const { elapsedTime, estimatedTimeRemaining, warnings, errors, errorMessage, artifacts, output, stalledSeconds } =
    job;
  const steps = job.steps.map((step) => `${step.name} ${step.status} ${Math.round(step.progressPct)}`);
  const progress = { status, stage, phase, percent, message, substageDetail, currentItem, totalItems, steps };
  const times = { elapsedTime, estimatedTimeRemaining, stalledSeconds };
  return { ...progress, ...times, warnings, errors, errorMessage, artifacts, output };
}

/** @param middle the newest message when the first connection has told everything */
export async function play({ states, told }: Words, middle: string): Promise<Notes> {
  let streams = 0;
  let first: ServerResponse | undefined;
  const server = await startScriptedServer(({ url }, response) => {
    if (!url!.endsWith('/events')) response.end(JSON.stringify(states[Math.min(2, streams)]));
    else if (++streams === 1) first = openStream(response, told[0]);
    // A backend closes the stream of a job that has ended, whatever it has said before.
    else openStream(response, told[1]).end();
  });
  const client = new AuraClient({ baseUrl: server.url, retry: { initialDelayMs: 0 } });
  const watcher = client.watch('job-1');
  try {
    const ends: string[] = [];
    const over = new Promise<void>((resolve) => {
      client.subscribe('job-1', {
        onEvent: ({ type }) => void (/^job-(completed|failed|cancelled)$/.test(type) && ends.push(type)),
        onState: ({ status }) => void (/closed|failed/.test(status) && resolve()),
      });
    });
    await eventually(() => watcher.snapshot?.message === middle);
    const inTheMiddle = shown(watcher.snapshot!);
    first!.end();
    const final = await watcher.done.catch((error: unknown) => {
      if (isAuraError(error) && 'snapshot' in error) return (error as JobFailedError).snapshot;
      throw error;
    });
    await over;
    return { middle: inTheMiddle, final: shown(final), ends };
  } finally {
    watcher.close();
    await server.close();
  }
}
