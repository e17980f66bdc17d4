/** The only place where unknown input becomes a typed event. Accepts every dialect of the protocol sheet, section 3. */
import { fieldsOf, firstNumber, firstText, listOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { Artifact, JobError, JobEvent, JobEventType, JobOutput } from './job-events.ts';
import { foldStatus } from './job-status.ts';
import { foldStage, STAGES, stageOf } from './stages.ts';
import type { Phase, StageName } from './stages.ts';
import { formatTimeSpan, parseTimeSpan } from './time-span.ts';

/** One frame of an event stream, in the standard's terms. */
export interface EventFrame {
  /** Event name; a stream's unnamed events are `message`. */
  readonly type: string;
  readonly data: string;
  /** The event's own id, `''` when it had none. */
  readonly id?: string;
}

// Names of other dialects; the rest is its own name or unknown.
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

const READERS: { [T in JobEventType]: (fields: Fields) => Fields } = {
  'job-status': (f) => ({ status: foldStatus(f.status), stage: stageIn(f), percent: percentIn(f) ?? 0 }),
  'step-status': (f) => ({
    step: stageIn(f),
    status: /^(completed|skipped|failed)$/.test(firstText(f.status)) ? f.status : 'started',
    phase: phaseIn(f),
  }),
  'step-progress': (f) => ({
    step: stageIn(f),
    phase: phaseIn(f),
    progressPct: percentIn(f),
    percent: firstNumber(f.percent),
    stepPct: firstNumber(f.stepPct),
    message: firstText(f.message),
    substageDetail: firstText(f.substageDetail),
    currentItem: firstNumber(f.currentItem) ?? null,
    totalItems: firstNumber(f.totalItems) ?? null,
    elapsedTime: timeSpanIn(f.elapsedTime, f.elapsedSeconds),
    estimatedTimeRemaining: timeSpanIn(f.estimatedTimeRemaining, f.estimatedRemainingSeconds, f.etaSeconds, f.eta),
  }),
  'job-completed': (f) => ({ status: 'Succeeded', artifacts: readArtifacts(f.artifacts), output: readOutput(f) }),
  'job-failed': (f) => ({
    status: 'Failed',
    stage: stageIn(f),
    errorMessage: firstText(f.errorMessage, f.message, f.error),
    errors: readErrors(f.errors),
    logs: readLines(f.logs),
  }),
  'job-cancelled': (f) => ({ status: 'Cancelled', stage: stageIn(f), message: firstText(f.message) }),
  warning: (f) => ({ message: firstText(f.message), step: stageIn(f) }),
  error: (f) => ({ message: firstText(f.message, f.error) }),
  resync: () => ({ resync: true }),
  'job-log': (f) => ({ message: firstText(f.message) }),
  heartbeat: () => ({}),
};

/**
 * Typed event for a frame. Names and payloads of other dialects are folded into the guide's; what is not known comes
 * back as `unknown`, never as an error (C-36, AC-38 … AC-42).
 *
 * @throws {SyntaxError} when the payload is not JSON.
 * @example parseJobEvent({ type: 'step-progress', data: '{"Percent":25,"Stage":"Voice"}' }).data.step // 'TTS'
 */
export function parseJobEvent(frame: EventFrame): JobEvent {
  const origin = { ...(frame.id && { id: frame.id }), raw: frame.data };
  const parsed: unknown = frame.data === '' ? {} : JSON.parse(frame.data);
  const fields = fieldsOf(parsed);
  const type = typeOf(frame.type, fields);
  if (!type) return { type: 'unknown', name: frame.type, data: parsed, ...origin };
  // Fields that no reader knows stay, so that an application can use its backend's extras.
  const data = Object.assign(fields === parsed ? fields : { ...fields }, READERS[type](fields));
  return { type, data, ...origin } as unknown as JobEvent;
}

/** In dialects D2 and D3 one event name covers every end of a job, so the payload decides (AC-41). */
function typeOf(name: string, fields: Fields): JobEventType | undefined {
  const type = SAME_AS.get(name) ?? (Object.hasOwn(READERS, name) ? (name as JobEventType) : undefined);
  if (type !== 'job-completed') return type;
  const status = foldStatus(fields.status);
  if (status === 'Canceled') return 'job-cancelled';
  return status === 'Failed' || fields.success === false ? 'job-failed' : type;
}

function stageIn(fields: Fields): StageName | undefined {
  return foldStage(fields.step) ?? foldStage(fields.stage) ?? foldStage(fields.currentStage) ?? foldStage(fields.phase);
}

function phaseIn(fields: Fields): Phase | undefined {
  const known = STAGES.find(({ phase }) => phase === fields.phase);
  const stage = stageIn(fields);
  return known?.phase ?? (stage && stageOf(stage).phase);
}

function percentIn(f: Fields): number | undefined {
  const percent = firstNumber(f.percent, f.progressPct, f.percentage, f.progress, f.overallPercent);
  return percent === undefined ? undefined : Math.max(0, Math.min(100, percent));
}

function timeSpanIn(...values: unknown[]): string | null {
  for (const value of values) {
    const seconds = parseTimeSpan(value);
    if (seconds !== undefined) return formatTimeSpan(seconds);
  }
  return null;
}

/** Artifacts of an event or a `GET`; a missing name is taken from the path (protocol sheet, section 3.4). */
export function readArtifacts(raw: unknown): Artifact[] {
  return listOf(raw).map((item) => {
    const fields = fieldsOf(item);
    const path = firstText(fields.path, fields.filePath);
    return {
      name: firstText(fields.name, path.split(/[\\/]/).pop(), fields.type),
      path,
      type: firstText(fields.type, 'application/octet-stream'),
      sizeBytes: firstNumber(fields.sizeBytes) ?? 0,
    };
  });
}

/** Where the video is: `output.videoPath`, `outputPath`, `videoUrl`, or the first video among the artifacts. */
export function readOutput(fields: Fields): JobOutput | null {
  const output = fieldsOf(fields.output);
  const video = readArtifacts(fields.artifacts).find(({ type }) => type.startsWith('video/'));
  const videoPath = firstText(output.videoPath, fields.outputPath, fields.videoUrl, video?.path);
  if (!videoPath) return null;
  const durationSeconds = firstNumber(output.durationSeconds);
  return {
    videoPath,
    subtitlePath: firstText(output.subtitlePath, fields.subtitlePath),
    sizeBytes: firstNumber(output.sizeBytes, video?.sizeBytes) ?? 0,
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
}

/** Error entries; a plain string counts as a message. */
export function readErrors(raw: unknown): JobError[] {
  return listOf(raw).map((item) => {
    const fields = typeof item === 'string' ? { message: item } : fieldsOf(item);
    return {
      code: firstText(fields.code, 'UnknownError'),
      message: firstText(fields.message),
      remediation: firstText(fields.remediation),
      ...(typeof fields.details === 'string' && { details: fields.details }),
    };
  });
}

/** Log lines as strings; objects count with their message (C-39). */
export function readLines(raw: unknown): string[] {
  return listOf(raw).map((item) => (typeof item === 'string' ? item : firstText(fieldsOf(item).message)));
}
