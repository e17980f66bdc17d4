/** From any error or code to words for a person. A program that does not call it does not carry the table. */
import type { JobError } from '../protocol/job-events.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isAuraError } from './aura-error.ts';
import { ALIASES, TAXONOMY } from './taxonomy.ts';
import type { ErrorCode, ErrorFacts, ErrorPlace } from './taxonomy.ts';

/** Everything worth showing of an error. */
export interface ErrorDescription extends ErrorFacts {
  /** Canonical code; `UnknownError` for one that nobody knows. */
  readonly code: ErrorCode;
  /** What the code says after its colon, such as the key of `MissingApiKey:OPENAI_KEY`, or the wrong field; else `null`. */
  readonly detail: string | null;
  /** The code as it came, to quote to support. */
  readonly original: string;
  /** What to do now: the backend's own advice, where an error of a job has one, else the table's. */
  readonly remediation: string;
  /** Whether the same, without any change, may succeed later. Errors of calls and connections know that themselves. */
  readonly retryable: boolean;
}

export interface DescribeOptions {
  /**
   * Where the code was met. Needed only for a bare number such as `E302`, which means a bad script in `Script` and a
   * missing FFmpeg elsewhere. @defaultValue what the error says of itself, else the number's most frequent meaning
   */
  stage?: ErrorPlace | undefined;
}

/** The encoder's numbers: its exit code follows the hyphen, as in `E304-134`. */
const WITH_EXIT_CODE: Readonly<Record<string, ErrorCode>> = {
  e304: 'FFmpegFailedExitCode',
  e305: 'EncoderNotAvailable',
  e306: 'MediaInvalid',
  e307: 'OutputDirectoryNotWritable',
  e309: 'FFmpegCorrupted',
};

/**
 * Names that mean different things in different places. `else` is what they mean where no place is known: what the sheet
 * says of the bare name, else its most frequent meaning. From E306 on, only the script API sends bare numbers.
 */
const AMBIGUOUS: Readonly<Record<string, Readonly<Partial<Record<ErrorPlace | 'else', ErrorCode>>>>> = {
  e302: { Script: 'InvalidScript', else: 'FFmpegNotFound' },
  e303: { request: 'InvalidInput', Script: 'InvalidInput', else: 'FFmpegCorrupted' },
  e304: { request: 'InvalidInput', Script: 'InvalidInput', else: 'FFmpegFailedExitCode' },
  e305: { TTS: 'AudioInvalid', Rendering: 'EncoderNotAvailable', else: 'ServiceUnavailable' },
  e306: { Composition: 'MediaInvalid', Rendering: 'MediaInvalid', else: 'ProviderKeyInvalid' },
  e308: { Composition: 'StepTimeout', Rendering: 'StepTimeout', else: 'ProviderRateLimited' },
  e309: { Rendering: 'FFmpegCorrupted', else: 'InvalidScript' },
  e310: { Rendering: 'EncoderNotAvailable', else: 'ContentPolicy' },
  e400: { Visuals: 'ProviderServerError', else: 'InvalidInput' },
  e500: { Rendering: 'FFmpegFailedExitCode', else: 'ServiceUnavailable' },
  // A stage could not reach its provider, or this program its server.
  connectiontimeout: { request: 'ConnectionLost', connection: 'ConnectionLost', else: 'ProviderNetworkError' },
};

/**
 * Title, advice and class of an error (protocol sheet, section 5), whichever family its code comes from.
 *
 * @param error a code such as `E304-134` or `MissingApiKey:OPENAI_KEY`, a {@link JobError}, an {@link AuraError}, or
 * whatever a `catch` block got. Never throws.
 * @example
 * for (const error of job.errors) {
 *   const { title, remediation, kind } = describeError(error, { stage: job.stage });
 *   show(title, remediation, { canRetry: kind !== 'permanent' });
 * }
 */
export function describeError(error: unknown, { stage }: DescribeOptions = {}): ErrorDescription {
  const { code: original, remediation, place, field, name, retryable } = readError(error);
  const found = findCode(original, stage ?? place);
  // A call's class was chosen from the answer and the path, so it knows better than a number, or a code that is new.
  const code = (name !== undefined && (!found || /^E\d/i.test(original)) && codeOfClass(name)) || found?.[0];
  const facts = TAXONOMY[code ?? 'UnknownError'];
  return {
    ...facts,
    code: code ?? 'UnknownError',
    detail: found?.[1] || field || null,
    original,
    remediation: remediation || facts.remediation,
    retryable: retryable ?? facts.kind === 'transient',
  };
}

interface ReadError {
  readonly code: string;
  readonly remediation?: string | undefined;
  readonly place?: ErrorPlace;
  /** The field that a request had wrong. */
  readonly field?: string | undefined;
  /** Class of the failed call. */
  readonly name?: string;
  readonly retryable?: boolean;
}

function readError(error: unknown): ReadError {
  if (typeof error === 'string') return { code: error };
  if (isAuraError(error)) {
    const { code, name, retryable, problem } = error;
    if (name !== 'JobFailedError') return { code, name, retryable, field: problem?.field, place: placeOf(name) };
    // What failed is the job: the error itself will say the same for ever, a new job may not.
    const { errors, stage } = (error as unknown as { snapshot: JobSnapshot }).snapshot;
    return { code, remediation: errors[0]?.remediation, place: stage };
  }
  const { code, remediation } = (error ?? {}) as Partial<JobError>;
  return typeof code === 'string' ? { code, remediation } : { code: 'UnknownError' };
}

function placeOf(name: string): ErrorPlace {
  return name === 'ConnectionError' ? 'connection' : 'request';
}

/** Canonical code and detail. */
function findCode(given: string, place: ErrorPlace | undefined): [ErrorCode, string] | undefined {
  // `Name:Detail`; the detail may hold colons of its own.
  const [, word = '', detail = ''] = /^([^:]*):?(.*)$/s.exec(given.trim())!;
  const name = word.toLowerCase();
  const meanings = AMBIGUOUS[name];
  const code = meanings ? ((place && meanings[place]) ?? meanings.else) : NAMES.get(name);
  if (code) return [code, detail];
  const [, number = '', exitCode = ''] = /^(e\d+)-(-?\d+)$/.exec(name) ?? [];
  const failed = WITH_EXIT_CODE[number];
  return failed && [failed, detail || exitCode];
}

/** The base class says nothing of what went wrong. */
function codeOfClass(name: string): ErrorCode | undefined {
  return name === 'AuraError' ? undefined : CODES.find((code) => TAXONOMY[code].errorName === name);
}

const CODES = /* @__PURE__ */ Object.keys(TAXONOMY) as ErrorCode[];

const NAMES: ReadonlyMap<string, ErrorCode> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ CODES.flatMap((code) =>
    [code, ...(ALIASES[code]?.split(' ') ?? [])].map((name): [string, ErrorCode] => [name.toLowerCase(), code]),
  ),
);
