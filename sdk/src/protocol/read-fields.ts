/** What each field means, whatever a backend calls it: one reader for events and for `GET` (protocol sheet, section 3.4). */
import { fieldsOf } from './fold-keys.ts';
import type { Fields } from './fold-keys.ts';
import type { Artifact, JobError } from './job-events.ts';
import type { JobSnapshot } from './job-snapshot.ts';
import { foldStage, stageOf } from './stages.ts';
import type { StageName } from './stages.ts';
import { readTimeSpan } from './time-span.ts';

/** The first value that is a finite number or a string that holds one. */
export function firstNumber(...values: unknown[]): number | undefined {
  return values.map(toNumber).find((number) => number !== undefined);
}

function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value ? +value : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The first value that is a string with something in it, or `''`. */
export function firstText(...values: unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

/** The entries of an array, each read; an empty one for anything else. */
export function readList<T>(value: unknown, read: (item: unknown) => T): T[] {
  return Array.isArray(value) ? value.map(read) : [];
}

/** A log line or a warning: a string, or an object with a message (C-39). */
export function readLine(item: unknown): string {
  return typeof item === 'string' ? item : firstText(fieldsOf(item).message);
}

/** A percentage of whatever kind, held between 0 and 100. */
export function readPercent(value: unknown): number | undefined {
  const number = toNumber(value);
  return number === undefined ? number : Math.max(0, Math.min(100, number));
}

/** The job's percentage under any of its names (C-03). */
export function readJobPercent(f: Fields): number | undefined {
  return readPercent(firstNumber(f.percent, f.progressPct, f.percentage, f.progress, f.overallPercent));
}

export function readStage(f: Fields): StageName | undefined {
  return foldStage(f.step) ?? foldStage(f.stage) ?? foldStage(f.currentStage) ?? foldStage(f.phase);
}

/** In place: fields that nobody reads here stay, so that an application can use its backend's extras. */
export function readStep(f: Fields): void {
  const step = (f.step = readStage(f));
  if (step) f.phase = stageOf(step).phase;
}

/** The words and times of a step's progress. */
export function readDetails(
  f: Fields,
): Pick<
  JobSnapshot,
  'message' | 'substageDetail' | 'currentItem' | 'totalItems' | 'elapsedTime' | 'estimatedTimeRemaining'
> {
  return {
    message: firstText(f.message, f.progressMessage, f.error),
    substageDetail: firstText(f.substageDetail),
    currentItem: firstNumber(f.currentItem) ?? null,
    totalItems: firstNumber(f.totalItems) ?? null,
    elapsedTime: readTimeSpan(f.elapsedTime, f.elapsedSeconds),
    estimatedTimeRemaining: readTimeSpan(
      f.estimatedTimeRemaining,
      f.estimatedRemainingSeconds ?? f.etaSeconds ?? f.eta,
    ),
  };
}

/** Files and result: `output.videoPath`, `outputPath`, `videoUrl`, or the first video among the artifacts. */
export function readOutcome(f: Fields): Pick<JobSnapshot, 'artifacts' | 'output'> {
  const artifacts = readList(f.artifacts, readArtifact);
  const output = fieldsOf(f.output);
  const video = artifacts.find(({ type }) => type.startsWith('video'));
  const videoPath = firstText(output.videoPath, f.outputPath, f.videoUrl, video?.path);
  const durationSeconds = firstNumber(output.durationSeconds);
  return {
    artifacts,
    output: videoPath
      ? {
          videoPath,
          subtitlePath: firstText(output.subtitlePath, f.subtitlePath),
          sizeBytes: firstNumber(output.sizeBytes, video?.sizeBytes) ?? 0,
          ...(durationSeconds !== undefined && { durationSeconds }),
        }
      : null,
  };
}

/** Why a job failed; a plain string among the errors counts as a message. */
export function readFailure(f: Fields): Pick<JobSnapshot, 'errors' | 'logs'> {
  const errors = readList(f.errors, (item): JobError => {
    const { code, remediation, details } = fieldsOf(item);
    return {
      code: firstText(code, 'UnknownError'),
      message: readLine(item),
      remediation: firstText(remediation),
      ...(typeof details === 'string' && { details }),
    };
  });
  return { errors, logs: readList(f.logs, readLine) };
}

function readArtifact(item: unknown): Artifact {
  const { name, path, filePath, type, sizeBytes } = fieldsOf(item);
  const where = firstText(path, filePath);
  return {
    // A missing name is taken from the path.
    name: firstText(name, where.split(/[\\/]/).pop(), type),
    path: where,
    type: firstText(type, 'application/octet-stream'),
    sizeBytes: firstNumber(sizeBytes) ?? 0,
  };
}
