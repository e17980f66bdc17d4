/** Job streams as bytes, for the benches: as the reference server writes them. */
import { STAGES } from '@aura-jobs/sdk/protocol';

/** The `step-progress` of item `n` of `of`, counted from 0; `seq` is the place in a log that several jobs may share. */
export function progressFrame(n: number, of: number, jobId = 'a', seq = n): Buffer {
  const percent = Math.min(99, Math.floor((n / of) * 100));
  const data = {
    ...{ step: STAGES.find(({ to }) => percent < to)!.name, phase: 'plan' },
    ...{ progressPct: percent, percent, stepPct: 50, message: `Working on item ${n}` },
    ...{ substageDetail: `${n} of ${of}`, currentItem: n + 1, totalItems: of },
    ...{ elapsedTime: '00:01:23', estimatedTimeRemaining: '00:02:15', correlationId: 'req-123', jobId },
  };
  return Buffer.from(`id: 1700000000000-${seq + 1}\nevent: step-progress\ndata: ${JSON.stringify(data)}\n\n`);
}

/** One `step-progress` for each item, then the end. */
export function jobFrames(events: number): Buffer[] {
  const frames = Array.from({ length: events }, (_, n) => progressFrame(n, events));
  const end = { status: 'Succeeded', jobId: 'a', artifacts: [], correlationId: 'req-123' };
  return [...frames, Buffer.from(`id: 1700000000001-0\nevent: job-completed\ndata: ${JSON.stringify(end)}\n\n`)];
}
