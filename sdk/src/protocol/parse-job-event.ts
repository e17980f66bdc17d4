/** The only place where unknown input becomes a typed event. Accepts every dialect of the protocol sheet, section 3. */
import { fieldsOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { JobEvent, JobEventType } from './job-events.ts';
import { foldStatus } from './job-status.ts';
import {
  firstText,
  readDetails,
  readFailure,
  readJobPercent,
  readOutcome,
  readPercent,
  readStage,
  readStep,
} from './read-fields.ts';

/** One frame of an event stream, in the standard's terms. */
export interface EventFrame {
  /** Event name; a stream's unnamed events are `message`. */
  readonly type: string;
  readonly data: string;
  /** The event's own id, `''` when it had none. */
  readonly id?: string;
}

const readMessage = (f: Fields): void => void (f.message = firstText(f.message, f.error));

// Folds the payload of each event into the guide's names and units, in place: fields that nobody reads here stay, so
// that an application can use its backend's extras.
const FOLD: Record<JobEventType, (f: Fields) => void> = {
  'step-progress'(f) {
    readStep(f);
    readDetails(f);
    f.progressPct = readJobPercent(f);
    if (f.percent !== undefined) f.percent = readPercent(f.percent);
    if (f.stepPct !== undefined) f.stepPct = readPercent(f.stepPct);
  },
  'job-status'(f) {
    f.status = foldStatus(f.status);
    f.stage = readStage(f);
    f.percent = readJobPercent(f);
  },
  'step-status': readStep,
  'job-completed': readOutcome,
  'job-failed'(f) {
    f.stage = readStage(f);
    f.errorMessage = firstText(f.errorMessage, f.message, f.error);
    readFailure(f);
  },
  'job-cancelled'(f) {
    f.stage = readStage(f);
    readMessage(f);
  },
  warning(f) {
    readStep(f);
    readMessage(f);
  },
  error: readMessage,
  'job-log': readMessage,
  resync() {},
  heartbeat() {},
};

// The guide's names, and those of other dialects.
const TYPES: ReadonlyMap<string, JobEventType> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ (Object.keys(FOLD) as JobEventType[])
    .map((type): [string, JobEventType] => [type, type])
    .concat([
      ['progress', 'step-progress'],
      ['job-progress', 'step-progress'],
      ['phase-progress', 'step-progress'],
      ['stage-complete', 'step-status'],
      ['step-error', 'warning'],
      ['complete', 'job-completed'],
      ['done', 'job-completed'],
      ['connected', 'heartbeat'],
      ['shutdown', 'heartbeat'],
    ]),
);

/**
 * Typed event for a frame. Names and payloads of other dialects are folded into the guide's; what is not known comes
 * back as `unknown`, never as an error (C-36, AC-38 … AC-42).
 *
 * @throws {SyntaxError} when the payload is not JSON.
 * @example parseJobEvent({ type: 'step-progress', data: '{"Percent":25,"Stage":"Voice"}' }).data.step // 'TTS'
 */
export function parseJobEvent({ type: name, data: raw, id }: EventFrame): JobEvent {
  const parsed: unknown = raw === '' ? {} : JSON.parse(raw);
  const named = TYPES.get(name);
  if (!named) return { type: 'unknown', name, data: parsed, id: id || undefined, raw };
  const data = isGuides(parsed as Fields | null) ? (parsed as Fields) : fieldsOf(parsed);
  const type = named === 'job-completed' ? endOf(data) : named;
  FOLD[type](data);
  return { type, data, id: id || undefined, raw } as unknown as JobEvent;
}

/** Whether the most frequent payload is spelt as in the guide, which is quicker to see than to look at every key. */
function isGuides(f: Fields | null): boolean {
  return (
    f?.progressPct !== undefined &&
    f.substageDetail !== undefined &&
    f.currentItem !== undefined &&
    f.totalItems !== undefined &&
    f.elapsedTime !== undefined &&
    f.estimatedTimeRemaining !== undefined
  );
}

/** In dialects D2 and D3 one event name covers every end of a job, so the payload decides (AC-41). */
function endOf({ status, success }: Fields): JobEventType {
  const ending = foldStatus(status);
  if (ending === 'Canceled') return 'job-cancelled';
  return ending === 'Failed' || success === false ? 'job-failed' : 'job-completed';
}
