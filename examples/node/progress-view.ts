/** Shows a job in the terminal: a bar per stage where lines can be redrawn, else one line for each change. */
import { STAGES } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';

export interface ProgressView {
  show(job: JobSnapshot): void;
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
          return ` ${MARKS[status]} ${name.padEnd(12)} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent.padStart(5)}`;
        }),
        ...job.warnings.map(({ step, message }) => ` ! ${step}: ${message}`),
        ` ${String(Math.round(job.percent)).padStart(3)} %  ${caption(job)}${timeLeft(job)}`,
      ];
      const up = height > 0 ? `\x1b[${height}A` : '';
      out.write(up + rows.map((row) => `\x1b[2K${row.slice(0, (out.columns || 80) - 1)}\n`).join(''));
      height = rows.length;
    },
  };
}

function lines(out: NodeJS.WriteStream): ProgressView {
  let last = '';
  let warnings = 0;
  return {
    show(job) {
      for (const { step, message } of job.warnings.slice(warnings)) out.write(`warning in ${step}: ${message}\n`);
      warnings = job.warnings.length;
      const stage = STAGES.findIndex(({ name }) => name === job.stage) + 1;
      const line = `[${stage}/${STAGES.length} ${job.stage}] ${Math.round(job.percent)} % ${caption(job)}`;
      if (line !== last) out.write(`${line}${timeLeft(job)}\n`);
      last = line;
    },
  };
}

/** What is being done, or the job's status while nothing is or nobody said. */
function caption({ message, status, stage }: JobSnapshot): string {
  return message || (status === 'Running' ? `${stage} begins` : status);
}

function timeLeft({ estimatedTimeRemaining, status }: JobSnapshot): string {
  return status === 'Running' && estimatedTimeRemaining ? `, ${estimatedTimeRemaining} left` : '';
}
