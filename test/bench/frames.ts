/** A job's stream as bytes, for the benches. */

/** One `step-progress` for each item, then the end: as the reference server writes them. */
export function jobFrames(events: number): Buffer[] {
  const frames = Array.from({ length: events }, (_, n) => {
    const percent = Math.min(99, Math.floor((n / events) * 100));
    const step =
      percent < 15
        ? 'Script'
        : percent < 35
          ? 'TTS'
          : percent < 65
            ? 'Visuals'
            : percent < 85
              ? 'Composition'
              : 'Rendering';
    const data = {
      ...{ step, phase: 'plan', progressPct: percent, percent, stepPct: 50, message: `Working on item ${n}` },
      ...{ substageDetail: `${n} of ${events}`, currentItem: n + 1, totalItems: events },
      ...{ elapsedTime: '00:01:23', estimatedTimeRemaining: '00:02:15', correlationId: 'req-123', jobId: 'a' },
    };
    return Buffer.from(`id: 1700000000000-${n + 1}\nevent: step-progress\ndata: ${JSON.stringify(data)}\n\n`);
  });
  const end = { status: 'Succeeded', jobId: 'a', artifacts: [], correlationId: 'req-123' };
  return [...frames, Buffer.from(`id: 1700000000001-0\nevent: job-completed\ndata: ${JSON.stringify(end)}\n\n`)];
}
