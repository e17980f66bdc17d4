/** The only place where unknown input becomes a typed event. Accepts every dialect of the protocol sheet, section 3. */
import { fieldsOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { JobEvent, JobEventType } from './job-events.ts';
import { foldStatus } from './job-status.ts';
import { READ } from './read-fields.ts';
import type { FieldReaders } from './read-fields.ts';

/** One frame of an event stream, in the standard's terms. */
export interface EventFrame {
  /** Event name; a stream's unnamed events are `message`. */
  readonly type: string;
  readonly data: string;
  /** The event's own id, `''` when it had none. */
  readonly id?: string;
}

type Field = keyof FieldReaders;

// The fields of each event that have a meaning here, in the guide's names.
const FIELDS: ReadonlyMap<string, readonly Field[]> = /* @__PURE__ */ new Map<JobEventType, readonly Field[]>([
  ['job-status', ['status', 'stage', 'progressPct']],
  ['step-status', ['step', 'phase']],
  [
    'step-progress',
    // prettier-ignore
    ['step', 'phase', 'progressPct', 'percent', 'stepPct', 'message', 'substageDetail', 'currentItem', 'totalItems',
     'elapsedTime', 'estimatedTimeRemaining'],
  ],
  ['job-completed', ['artifacts', 'output']],
  ['job-failed', ['stage', 'errorMessage', 'errors', 'logs']],
  ['job-cancelled', ['stage', 'message']],
  ['warning', ['message', 'step']],
  ['error', ['message']],
  ['job-log', ['message']],
  ['resync', []],
  ['heartbeat', []],
]);

// Names of other dialects.
const SAME_AS: ReadonlyMap<string, JobEventType> = /* @__PURE__ */ new Map<string, JobEventType>([
  ['progress', 'step-progress'],
  ['job-progress', 'step-progress'],
  ['phase-progress', 'step-progress'],
  ['stage-complete', 'step-status'],
  ['step-error', 'warning'],
  ['complete', 'job-completed'],
  ['done', 'job-completed'],
  ['connected', 'heartbeat'],
  ['shutdown', 'heartbeat'],
]);

/**
 * Typed event for a frame. Names and payloads of other dialects are folded into the guide's; what is not known comes
 * back as `unknown`, never as an error (C-36, AC-38 … AC-42).
 *
 * @throws {SyntaxError} when the payload is not JSON.
 * @example parseJobEvent({ type: 'step-progress', data: '{"Percent":25,"Stage":"Voice"}' }).data.step // 'TTS'
 */
export function parseJobEvent({ type: name, data: raw, id }: EventFrame): JobEvent {
  const origin = { ...(id && { id }), raw };
  const parsed: unknown = raw === '' ? {} : JSON.parse(raw);
  const fields = fieldsOf(parsed);
  const type = endOf(SAME_AS.get(name) ?? name, fields);
  const known = FIELDS.get(type);
  if (!known) return { type: 'unknown', name, data: parsed, ...origin };
  // In place: fields that nobody reads here stay, so that an application can use its backend's extras.
  for (const field of known) {
    const value = READ[field](fields);
    if (value !== fields[field]) fields[field] = value;
  }
  return { type, data: fields, ...origin } as unknown as JobEvent;
}

/** In dialects D2 and D3 one event name covers every end of a job, so the payload decides (AC-41). */
function endOf(type: string, fields: Fields): string {
  if (type !== 'job-completed') return type;
  const status = foldStatus(fields.status);
  if (status === 'Canceled') return 'job-cancelled';
  return status === 'Failed' || fields.success === false ? 'job-failed' : type;
}
