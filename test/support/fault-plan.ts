/** What can go wrong between a job and its reader, as random logs and schedules (fast-check makes and shrinks them). */
import fc from 'fast-check';
import { STAGES } from '@aura-jobs/sdk';

/** One event of a recorded job. */
export interface LogEntry {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

/** What happens to one request, whether it asks for the stream or for the job's state. */
export interface Fault {
  /**
   * `served`: as the protocol says. `reset`: the connection breaks before the headers. `refused`: nobody listens.
   * `expired`: the token is no longer good. `portal`: the page that somebody must log in at. A number: that status.
   */
  readonly answer: 'served' | 'reset' | 'refused' | 'expired' | 'portal' | 408 | 429 | 500 | 503;
  readonly retryAfter: 'none' | 'seconds' | 'date';
  /** Events that happen just before this request is answered. */
  readonly happens: number;
  /** The body breaks off after this many bytes, wherever that is. */
  readonly bytes: number;
  /** How it breaks off: the end of the connection, a reset, an end in order, or no further word. */
  readonly cut: 'end' | 'reset' | 'clean' | 'stall';
  /** Frames that are told once more: `back` events before the place they come at, in order or not. */
  readonly echoes: readonly {
    readonly at: number;
    readonly back: number;
    readonly count: number;
    readonly reversed: boolean;
  }[];
  /** The server does not know the reader's cursor any more. */
  readonly forgets: boolean;
  /** Comments, signs of life, unknown events, reconnection times and payloads of many lines between the frames. */
  readonly noise: boolean;
  readonly newline: '\n' | '\r' | '\r\n';
  /** Bytes in one piece. */
  readonly piece: number;
  /** The pieces come one at a time instead of together. */
  readonly slow: boolean;
}

export interface Plan {
  readonly log: readonly LogEntry[];
  readonly schedule: readonly Fault[];
}

/** A request to which nothing happens. */
export const WELL: Fault = {
  answer: 'served',
  retryAfter: 'none',
  happens: Infinity,
  bytes: Infinity,
  cut: 'end',
  echoes: [],
  forgets: false,
  noise: false,
  newline: '\n',
  piece: 1 << 16,
  slow: false,
};

const echo = fc.record({
  at: fc.nat(12),
  back: fc.nat(6),
  count: fc.integer({ min: 1, max: 4 }),
  reversed: fc.boolean(),
});

/** @param faults what this kind of schedule does otherwise */
export function scheduleOf(
  faults: { readonly [K in keyof Fault]?: fc.Arbitrary<Fault[K]> } = {},
): fc.Arbitrary<Fault[]> {
  const fault: fc.Arbitrary<Fault> = fc.record({
    answer: fc.oneof(
      { weight: 7, arbitrary: fc.constant<Fault['answer']>('served') },
      { weight: 3, arbitrary: fc.constantFrom<Fault['answer'][]>('reset', 'refused', 'expired', 408, 429, 500, 503) },
    ),
    retryAfter: fc.constantFrom('none', 'seconds', 'date'),
    happens: fc.nat(6),
    bytes: fc.oneof(fc.nat(400), fc.nat(3000), fc.constant(Infinity)),
    cut: fc.constantFrom('end', 'reset', 'clean'),
    echoes: fc.oneof(fc.constant([]), fc.array(echo, { maxLength: 3 })),
    forgets: fc.constant(false),
    noise: fc.boolean(),
    newline: fc.constantFrom('\n', '\n', '\r\n', '\r'),
    piece: fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) },
      { weight: 9, arbitrary: fc.integer({ min: 8, max: 700 }) },
    ),
    slow: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    ...faults,
  });
  return fc.array(fault, { maxLength: 6 });
}

const stage = fc.constantFrom(...STAGES);
const words = fc.constantFrom('', 'Scene 1 of 4', 'Écrit la scène 🎬', 'a\u2028b\r\n\tc', 'Ω'.repeat(40));
const percent = fc.oneof(fc.nat(100), fc.double({ min: 0, max: 100, noNaN: true }));
const optionalItem = fc.option(fc.integer({ min: 1, max: 9 }));

const step = fc.record({
  type: fc.constant('step-status'),
  stage,
  status: fc.constantFrom('started', 'started', 'completed', 'skipped'),
});
const news = fc.record({
  type: fc.constantFrom('step-progress', 'step-progress', 'job-status', 'warning', 'warning', 'job-log'),
  stage,
  percent,
  words,
  optionalItem,
});
const ending = fc.constantFrom('job-completed', 'job-failed', 'job-cancelled');

/** Time and counter both move on, over every border of digits. */
const ids = fc.record({
  ms: fc.constantFrom(1_699_999_999_990, 1_700_000_000_000),
  first: fc.constantFrom(0, 5, 95),
  pace: fc.nat(3),
});

/** A job from its queue to its end, whatever comes in between. */
export const recordedJob: fc.Arbitrary<LogEntry[]> = fc
  .tuple(
    ids,
    fc.array(fc.oneof({ weight: 1, arbitrary: step }, { weight: 4, arbitrary: news }), { maxLength: 16 }),
    ending,
    stage,
    words,
  )
  .map(([{ ms, first, pace }, middle, end, lastStage, said]) => {
    const traced = { correlationId: 'corr-é' };
    const log: LogEntry[] = [];
    const add = (type: string, data: object): void => {
      const n = log.length;
      log.push({ id: `${ms + Math.floor((n * pace) / 2)}-${first + n}`, type, data: { ...data, ...traced } });
    };
    add('job-status', { status: 'Queued', stage: 'Script', percent: 0 });
    add('job-status', { status: 'Running', stage: 'Script', percent: 0 });
    for (const one of middle) {
      const { name, phase } = one.stage;
      if (!('words' in one)) add(one.type, { step: name, status: one.status, phase });
      else add(one.type, payloadOf(one.type, { name, phase, ...one, n: log.length }));
    }
    add(end, endOf(end, lastStage.name, said));
    return log;
  });

interface News {
  readonly name: string;
  readonly phase: string;
  readonly percent: number;
  readonly words: string;
  readonly optionalItem: number | null;
  readonly n: number;
}

function payloadOf(type: string, { name, phase, percent: reached, words: said, optionalItem: item, n }: News): object {
  if (type === 'job-status') return { status: 'Running', stage: name, percent: reached };
  if (type === 'warning') return { message: `${said} ${n}`, step: name };
  if (type === 'job-log') return { message: said, stage: name, severity: 'info' };
  return {
    step: name,
    phase,
    progressPct: reached,
    percent: reached,
    message: said,
    substageDetail: said,
    currentItem: item,
    totalItems: item,
    elapsedTime: '00:00:07',
    estimatedTimeRemaining: item === null ? null : '1.02:03:04',
  };
}

function endOf(type: string, name: string, said: string): object {
  const video = { name: 'output.mp4', path: '/artifacts/a/output.mp4', type: 'video/mp4', sizeBytes: 5 };
  const output = { videoPath: video.path, subtitlePath: '', sizeBytes: 5, durationSeconds: 2.5 };
  const error = { code: 'FFmpegFailedExitCode:1', message: said, remediation: 'Try again.', details: 'x\ny' };
  if (type === 'job-completed') return { status: 'Succeeded', jobId: 'a', artifacts: [video], output };
  if (type === 'job-cancelled') return { status: 'Cancelled', jobId: 'a', stage: name, message: said };
  return { status: 'Failed', jobId: 'a', stage: name, errorMessage: said, errors: [error], logs: [said] };
}
