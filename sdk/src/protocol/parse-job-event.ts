/** The only place where unknown input becomes a typed event. Accepts every dialect of the protocol sheet, section 3. */
import { fieldsOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { JobEvent, JobEventType, StepStatusData } from './job-events.ts';
import { foldStatus } from './job-status.ts';
import type { JobStatus } from './job-status.ts';
import {
  firstNumber,
  firstText,
  readDetails,
  readFailure,
  readJobPercent,
  readOutcome,
  readPercent,
  readStage,
  readStep,
} from './read-fields.ts';
import { foldStage } from './stages.ts';

/** One frame of an event stream, in the standard's terms. */
export interface EventFrame {
  /** Event name; a stream's unnamed events are `message`. */
  readonly type: string;
  readonly data: string;
  /** The event's own id, `''` when it had none. */
  readonly id?: string;
}

const readMessage = (f: Fields): void => void (f.message = firstText(f.message, f.error));

const PROGRESS = 'step-progress';

/** What other words for the state of a step come to; `skipped` has none. */
const STEP_WORDS: { readonly [S in JobStatus]?: StepStatusData['status'] } = {
  Running: 'started',
  Succeeded: 'completed',
  Failed: 'failed',
};

// Folds the payload of each event into the guide's names and units, in place: fields that nobody reads here stay, so
// that an application can use its backend's extras.
const FOLD: { readonly [name: string]: (f: Fields) => unknown } = {
  __proto__: null as never,
  [PROGRESS](f) {
    readStep(f);
    Object.assign(f, readDetails(f));
    // Only a bare `progressPct` may count within the step.
    const bare = f.percent === undefined && f.progressPct !== undefined;
    f.progressPct = readJobPercent(f);
    if (!bare) f.percent = f.progressPct;
    if (f.stepPct !== undefined) f.stepPct = readPercent(f.stepPct);
  },
  'job-status'(f) {
    f.status = foldStatus(f.status);
    f.stage = readStage(f);
    f.percent = readJobPercent(f);
  },
  'step-status'(f) {
    // Dialect D4 tells the end of a stage and which comes next, so the next one has started.
    f.step ??= f.nextStage;
    const word = firstText(f.status, 'started');
    f.status = STEP_WORDS[foldStatus(word)!] ?? word.toLowerCase();
    readStep(f);
  },
  'job-completed': (f) => Object.assign(f, readOutcome(f)),
  'job-failed'(f) {
    f.stage = readStage(f);
    f.errorMessage = firstText(f.errorMessage, f.message, f.error);
    Object.assign(f, readFailure(f));
  },
  'job-cancelled'(f) {
    f.stage = readStage(f);
    readMessage(f);
  },
  warning(f) {
    readStep(f);
    readMessage(f);
    f.stallDurationSeconds = firstNumber(f.stallDurationSeconds);
  },
  error: readMessage,
  'job-log': readMessage,
  resync() {},
  heartbeat() {},
};

// Names of other dialects. Without a prototype, so that no name means anything by accident.
const SAME_AS: { readonly [name: string]: JobEventType } = {
  __proto__: null as never,
  progress: 'step-progress',
  'job-progress': 'step-progress',
  'phase-progress': 'step-progress',
  'stage-complete': 'step-status',
  'step-error': 'warning',
  complete: 'job-completed',
  done: 'job-completed',
  connected: 'heartbeat',
  shutdown: 'heartbeat',
};

/**
 * Typed event for a frame. Names and payloads of other dialects are folded into the guide's; what is not known comes
 * back as `unknown`, never as an error (C-36, AC-38 … AC-42).
 *
 * @throws {SyntaxError} when the payload is not JSON.
 * @example parseJobEvent({ type: 'step-progress', data: '{"Percent":25,"Stage":"Voice"}' }).data.step // 'TTS'
 */
export function parseJobEvent({ type: name, data: raw, id }: EventFrame): JobEvent {
  const parsed: unknown = raw === '' ? {} : JSON.parse(raw);
  // Nearly every event is this one, and comparing is quicker than looking up.
  let type = name === PROGRESS ? PROGRESS : name in FOLD ? name : SAME_AS[name];
  if (!type) return { type: 'unknown', name, data: parsed, id: id || undefined, raw };
  if (type === PROGRESS && isPlain(parsed as Fields | null)) {
    return { type, data: parsed, id: id || undefined, raw } as unknown as JobEvent;
  }
  const data = fieldsOf(parsed);
  if (type === 'job-completed') type = endOf(data);
  // A job that waits is not begun by being told of (dialect D3).
  if (type === PROGRESS && foldStatus(data.status) === 'Queued') type = 'job-status';
  FOLD[type]!(data);
  return { type, data, id: id || undefined, raw } as unknown as JobEvent;
}

/** Whether the most frequent payload is just as the guide has it: there is nothing to fold then, and that is quick to see. */
function isPlain(f: Fields | null): boolean {
  return (
    f !== null &&
    typeof f.step === 'string' &&
    foldStage(f.step) === f.step &&
    typeof f.phase === 'string' &&
    typeof f.message === 'string' &&
    typeof f.substageDetail === 'string' &&
    isPercent(f.progressPct) &&
    (f.percent === undefined || isPercent(f.percent)) &&
    (f.stepPct === undefined || isPercent(f.stepPct)) &&
    (f.currentItem === null || typeof f.currentItem === 'number') &&
    (f.totalItems === null || typeof f.totalItems === 'number') &&
    isSpan(f.elapsedTime) &&
    isSpan(f.estimatedTimeRemaining)
  );
}

function isPercent(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

function isSpan(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.length === 8 && value[2] === ':' && value[5] === ':');
}

/** In dialects D2 and D3 one event name covers every end of a job, so the payload decides (AC-41). */
function endOf({ status, success }: Fields): JobEventType {
  const ending = foldStatus(status);
  if (ending === 'Canceled') return 'job-cancelled';
  return ending === 'Failed' || success === false ? 'job-failed' : 'job-completed';
}
