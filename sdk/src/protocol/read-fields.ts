/** What each field means, whatever a backend calls it: one reader for events and for `GET` (protocol sheet, section 3.4). */
import { fieldsOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { Artifact, JobError, JobOutput } from './job-events.ts';
import { foldStatus } from './job-status.ts';
import type { JobStatus } from './job-status.ts';
import { foldStage, STAGES, stageOf } from './stages.ts';
import type { Phase, StageName } from './stages.ts';
import { formatTimeSpan, parseTimeSpan } from './time-span.ts';

/** Value of a canonical field; `undefined` or `null` when nothing in the object says it. */
export interface FieldReaders {
  status(f: Fields): JobStatus | undefined;
  step(f: Fields): StageName | undefined;
  stage(f: Fields): StageName | undefined;
  phase(f: Fields): Phase | undefined;
  /** Of the job, where the backend says so without doubt (C-03). */
  percent(f: Fields): number | undefined;
  progressPct(f: Fields): number | undefined;
  stepPct(f: Fields): number | undefined;
  message(f: Fields): string;
  substageDetail(f: Fields): string;
  currentItem(f: Fields): number | null;
  totalItems(f: Fields): number | null;
  elapsedTime(f: Fields): string | null;
  estimatedTimeRemaining(f: Fields): string | null;
  artifacts(f: Fields): Artifact[];
  output(f: Fields): JobOutput | null;
  errorMessage(f: Fields): string;
  errors(f: Fields): JobError[];
  logs(f: Fields): string[];
}

export const READ: FieldReaders = {
  status: (f) => foldStatus(f.status),
  step: stageIn,
  stage: stageIn,
  phase: phaseIn,
  percent: (f) => percentOf(f.percent),
  progressPct: (f) => percentOf(f.percent, f.progressPct, f.percentage, f.progress, f.overallPercent),
  stepPct: (f) => percentOf(f.stepPct),
  message: (f) => firstText(f.message, f.progressMessage, f.error),
  substageDetail: (f) => firstText(f.substageDetail),
  currentItem: (f) => firstNumber(f.currentItem) ?? null,
  totalItems: (f) => firstNumber(f.totalItems) ?? null,
  elapsedTime: (f) => timeSpan(f.elapsedTime, f.elapsedSeconds),
  estimatedTimeRemaining: (f) => timeSpan(f.estimatedTimeRemaining, f.estimatedRemainingSeconds, f.etaSeconds, f.eta),
  artifacts: (f) => readArtifacts(f.artifacts),
  output: readOutput,
  errorMessage: (f) => firstText(f.errorMessage, f.message, f.error),
  errors: (f) => readErrors(f.errors),
  logs: (f) => listOf(f.logs).map(lineOf),
};

/** The first argument that is a finite number or a string that holds one. */
export function firstNumber(...values: unknown[]): number | undefined {
  for (const value of values) {
    if (
      typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'string' && value !== '' && Number.isFinite(+value)
    ) {
      return +(value as number | string);
    }
  }
  return undefined;
}

/** The first argument that is a string with something in it, or `''`. */
export function firstText(...values: unknown[]): string {
  for (const value of values) if (typeof value === 'string' && value) return value;
  return '';
}

/** The value if it is an array, else an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A log line or a warning: a string, or an object with a message (C-39). */
export function lineOf(item: unknown): string {
  return typeof item === 'string' ? item : firstText(fieldsOf(item).message);
}

function stageIn(f: Fields): StageName | undefined {
  return foldStage(f.step) ?? foldStage(f.stage) ?? foldStage(f.currentStage) ?? foldStage(f.phase);
}

function phaseIn(f: Fields): Phase | undefined {
  const stage = stageIn(f);
  return STAGES.find(({ phase }) => phase === f.phase)?.phase ?? (stage && stageOf(stage).phase);
}

function percentOf(...values: unknown[]): number | undefined {
  const value = firstNumber(...values);
  return value === undefined ? value : Math.max(0, Math.min(100, value));
}

const CANONICAL_SPAN = /^\d\d:\d\d:\d\d$/;

function timeSpan(...values: unknown[]): string | null {
  const [first] = values;
  if (typeof first === 'string' && CANONICAL_SPAN.test(first)) return first;
  const seconds = values.map(parseTimeSpan).find((value) => value !== undefined);
  return seconds === undefined ? null : formatTimeSpan(seconds);
}

function readArtifacts(raw: unknown): Artifact[] {
  return listOf(raw).map((item) => {
    const f = fieldsOf(item);
    const path = firstText(f.path, f.filePath);
    return {
      // A missing name is taken from the path.
      name: firstText(f.name, path.split(/[\\/]/).pop(), f.type),
      path,
      type: firstText(f.type, 'application/octet-stream'),
      sizeBytes: firstNumber(f.sizeBytes) ?? 0,
    };
  });
}

/** Where the video is: `output.videoPath`, `outputPath`, `videoUrl`, or the first video among the artifacts. */
function readOutput(f: Fields): JobOutput | null {
  const output = fieldsOf(f.output);
  const video = readArtifacts(f.artifacts).find(({ type }) => type.startsWith('video/'));
  const videoPath = firstText(output.videoPath, f.outputPath, f.videoUrl, video?.path);
  const durationSeconds = firstNumber(output.durationSeconds);
  return videoPath
    ? {
        videoPath,
        subtitlePath: firstText(output.subtitlePath, f.subtitlePath),
        sizeBytes: firstNumber(output.sizeBytes, video?.sizeBytes) ?? 0,
        ...(durationSeconds !== undefined && { durationSeconds }),
      }
    : null;
}

/** Error entries; a plain string counts as a message. */
function readErrors(raw: unknown): JobError[] {
  return listOf(raw).map((item) => {
    const f = fieldsOf(item);
    return {
      code: firstText(f.code, 'UnknownError'),
      message: lineOf(item),
      remediation: firstText(f.remediation),
      ...(typeof f.details === 'string' && { details: f.details }),
    };
  });
}
