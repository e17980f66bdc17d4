/** Shows a job in the terminal: a bar per stage where lines can be redrawn, else one line for each change. */
import { parseTimeSpan, STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot, StageName } from '@aura-jobs/sdk';

export interface ProgressView {
  show(job: JobSnapshot): void;
  /** Says something that stays; what follows is drawn below it. */
  note(text: string): void;
}

const WIDTH = 24;
const MARKS: Record<string, string> = {
  Pending: ' ',
  Running: '›',
  Succeeded: '✓',
  Failed: '✗',
  Canceled: '–',
  Skipped: '–',
};
/** The page calls the stages by the same names. */
const NAMES: Record<StageName, string> = {
  Script: 'Script',
  TTS: 'Narration',
  Visuals: 'Visuals',
  Composition: 'Composition',
  Rendering: 'Rendering',
};
const ENDINGS: Partial<Record<JobSnapshot['status'], string>> = {
  Succeeded: 'Done',
  Failed: 'Failed',
  Canceled: 'Cancelled',
};

/** @param out where to write; decides by itself which of the two forms fits */
export function createProgressView(out: NodeJS.WriteStream): ProgressView {
  return out.isTTY ? bars(out) : lines(out);
}

function bars(out: NodeJS.WriteStream): ProgressView {
  let height = 0;
  return {
    show(job) {
      const rows = [
        ...job.steps.map(({ name, status, progressPct }) => {
          const full = Math.round((progressPct / 100) * WIDTH);
          const percent = status === 'Pending' ? '' : `${Math.round(progressPct)} %`;
          const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
          return ` ${MARKS[status]} ${NAMES[name].padEnd(12)} ${bar} ${percent.padStart(5)}`;
        }),
        ...job.warnings.map(({ step, message }) => ` ! ${NAMES[step]}: ${message}`),
        ` ${String(Math.round(job.percent)).padStart(3)} %  ${caption(job)}${timeLeft(job)}`,
      ];
      const up = height > 0 ? `\x1b[${height}A` : '';
      out.write(up + rows.map((row) => `\x1b[2K${row.slice(0, (out.columns || 80) - 1)}\n`).join(''));
      height = rows.length;
    },
    note(text) {
      out.write(`${text}\n`);
      height = 0;
    },
  };
}

function lines(out: NodeJS.WriteStream): ProgressView {
  let last = '';
  let warnings = 0;
  return {
    show(job) {
      for (const { step, message } of job.warnings.slice(warnings))
        out.write(`warning in ${NAMES[step]}: ${message}\n`);
      warnings = job.warnings.length;
      const stage = STAGES.findIndex(({ name }) => name === job.stage) + 1;
      const line = `[${stage}/${STAGES.length} ${NAMES[job.stage]}] ${Math.round(job.percent)} % ${caption(job)}`;
      if (line !== last) out.write(`${line}${timeLeft(job)}\n`);
      last = line;
    },
    note: (text) => void out.write(`${text}\n`),
  };
}

/** What is being done, or why nothing is. */
function caption({ message, status, stage, queuePosition }: JobSnapshot): string {
  if (status === 'Queued') return queuePosition ? `Waiting for ${queuePosition} earlier job(s) to end` : 'Waiting';
  return message || (ENDINGS[status] ?? `${NAMES[stage]} begins`);
}

function timeLeft({ estimatedTimeRemaining, status }: JobSnapshot): string {
  const seconds = parseTimeSpan(estimatedTimeRemaining);
  if (status !== 'Running' || !seconds) return '';
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
}
