/** A job's log as text: every line that the fold of its events notes, of which a snapshot keeps only the newest. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { emptySnapshot, parseJobEvent, reduceJob } from '@aura-jobs/sdk/protocol';
import type { EventLog } from '../events/event-log.ts';

const PAGE = 500;

/** The lines, oldest first, a page of the log at a time. */
export async function* jobLogLines(log: EventLog, jobId: string): AsyncGenerator<string> {
  let job = emptySnapshot(jobId);
  for (let after: string | undefined; ;) {
    const events = await log.read(jobId, { after, limit: PAGE });
    const lines: string[] = [];
    for (const { id, type, json } of events) {
      const { logs } = job;
      job = reduceJob(job, parseJobEvent({ type, data: json, id }));
      // An event notes one line or none; what an encoder says may break, a line may not.
      if (job.logs !== logs) lines.push(`${job.logs.at(-1)!.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
    }
    if (lines.length > 0) yield lines.join('');
    if (events.length < PAGE) return;
    after = events.at(-1)!.id;
    await nextTurn();
  }
}
