/** What can go wrong, by canonical code: what to say, what to do, and who can do it (protocol sheet, section 5). */
import type { StageName } from '../protocol/stages.ts';

/**
 * Who can do something about it: `transient` passes by itself, `user` is mended by a person, who then tries again,
 * `permanent` stays as it is for this input.
 */
export type ErrorKind = 'transient' | 'user' | 'permanent';

/** Where a code was met: a stage of the job, a call of the API, or the connection to it. */
export type ErrorPlace = StageName | 'request' | 'connection';

/** Symbolic codes: those of the sheet, and the last six of this SDK and its server. */
export type ErrorCode =
  | 'MissingApiKey'
  | 'ProviderKeyInvalid'
  | 'ProviderRateLimited'
  | 'ProviderServerError'
  | 'ProviderNetworkError'
  | 'ContentPolicy'
  | 'InvalidVoice'
  | 'InvalidScript'
  | 'InvalidInput'
  | 'AudioInvalid'
  | 'FFmpegNotFound'
  | 'FFmpegCorrupted'
  | 'FFmpegFailedExitCode'
  | 'EncoderNotAvailable'
  | 'MediaInvalid'
  | 'OutputDirectoryNotWritable'
  | 'OutOfDiskSpace'
  | 'OutOfMemory'
  | 'StepTimeout'
  | 'JobStalled'
  | 'UnsupportedOS'
  | 'Cancelled'
  | 'ServiceUnavailable'
  | 'RetryExhausted'
  | 'AccessDenied'
  | 'JobNotFound'
  | 'RateLimited'
  | 'NotCancellable'
  | 'NotRetryable'
  | 'UnknownError'
  | 'NotDeletable'
  | 'NotFailed'
  | 'NotPausable'
  | 'NotResumable'
  | 'ConnectionLost'
  | 'InvalidAnswer';

/** What is known of a code. */
export interface ErrorFacts {
  readonly title: string;
  /** What the person can do now. */
  readonly remediation: string;
  readonly kind: ErrorKind;
  /** `name` of the class that brings this code: {@link JobFailedError} for what happens inside a job. */
  readonly errorName: string;
}

/** One entry per code. `Cancelled` has no class in the sheet, as it is no fault: a person decided it. */
export const TAXONOMY: Readonly<Record<ErrorCode, ErrorFacts>> = {
  MissingApiKey: user('A key is missing', 'Open the provider settings, add the key and try again.'),
  ProviderKeyInvalid: user(
    'The provider refused its key',
    'Check or renew the key and the rights of its account, then try again.',
  ),
  ProviderRateLimited: transient(
    'The provider’s limit is reached',
    'Wait a little and try again, at a lower rate or with another provider.',
  ),
  ProviderServerError: transient(
    'The provider has trouble',
    'Wait and try again; see the provider’s status page, or use another provider.',
  ),
  ProviderNetworkError: transient(
    'The provider cannot be reached',
    'Check network and proxy, then try again, or use a local provider.',
  ),
  ContentPolicy: permanent('The provider refused this content', 'Choose another topic or other words.'),
  InvalidVoice: user('There is no such voice', 'Pick another voice.'),
  // The sheet says "transient, then user": the automatic attempts are over when a reader hears of it.
  InvalidScript: user('The script is unusable', 'Try again, ask for a shorter video or choose another provider.'),
  InvalidInput: permanent(
    'The request is not valid',
    'Correct the field that is named and send it again.',
    'InvalidInputError',
  ),
  AudioInvalid: transient('The narration is unusable', 'Try again: the narration is made anew.'),
  FFmpegNotFound: user('FFmpeg is missing', 'Install FFmpeg 4.0 or newer, or say where it is, then try again.'),
  FFmpegCorrupted: user(
    'FFmpeg does not work',
    'Reinstall FFmpeg, check its system libraries, or use a software encoder.',
  ),
  FFmpegFailedExitCode: user(
    'Encoding the video failed',
    'Read the technical details, use a software encoder, and check the files and the disk.',
  ),
  EncoderNotAvailable: user('The encoder is not available', 'Use software encoding, for example codec H264.'),
  MediaInvalid: user('A media file is unusable', 'Try again: the files are made anew.'),
  OutputDirectoryNotWritable: user(
    'The output folder cannot be written',
    'Choose another folder or give write access.',
  ),
  OutOfDiskSpace: user('The disk is full', 'Free some space, 5 GB if possible, then try again.'),
  OutOfMemory: user('Memory has run out', 'Close other programs or choose a lower resolution, then try again.'),
  StepTimeout: transient('A stage took too long', 'Try again when less is going on, or ask for a shorter video.'),
  JobStalled: user(
    'The job does not move any more',
    'Cancel it and try again at a lower resolution; check FFmpeg and the disk.',
  ),
  UnsupportedOS: permanent('Not possible on this system', 'Choose another provider.'),
  Cancelled: user('Cancelled', 'Start it again whenever you like.', 'JobCanceledError'),
  ServiceUnavailable: transient('The service is not available', 'Wait a little and try again.', 'ServerError'),
  RetryExhausted: user('All automatic attempts failed', 'Try again yourself.'),
  AccessDenied: permanent('Not allowed', 'Sign in and try again.', 'AccessDeniedError'),
  JobNotFound: permanent(
    'This job is not known',
    'It may have expired: look at the list of jobs, or start it again.',
    'JobNotFoundError',
  ),
  RateLimited: transient('Too many requests', 'Wait as long as the server asks, then try again.', 'RateLimitedError'),
  NotCancellable: permanent('The job cannot be cancelled', 'Refresh: it has ended already.', 'NotCancellableError'),
  NotRetryable: permanent(
    'The job cannot be retried',
    'Refresh: only failed jobs can be retried.',
    'NotRetryableError',
  ),
  UnknownError: user(
    'Something unexpected happened',
    'Copy the details and give them to support, with the reference.',
    'AuraError',
  ),
  NotDeletable: permanent('The job cannot be deleted yet', 'Cancel it first, or wait for its end.', 'AuraError'),
  NotFailed: permanent('The job has not failed', 'Refresh: only failed jobs can say why.', 'AuraError'),
  NotPausable: permanent('The job cannot be paused', 'Refresh: only running jobs can be paused.', 'AuraError'),
  NotResumable: permanent('The job cannot be resumed', 'Refresh: only paused jobs can be resumed.', 'AuraError'),
  ConnectionLost: transient('The connection was lost', 'Check the network and try again.', 'ConnectionError'),
  InvalidAnswer: permanent(
    'The answer is not from this service',
    'Check the address of the API, and what stands between.',
    'ProtocolError',
  ),
};

/** Other names of a code, which mean the same wherever they are met. Compared without case. */
export const ALIASES: Readonly<Partial<Record<ErrorCode, string>>> = {
  MissingApiKey: 'ProviderNotConfigured',
  ProviderKeyInvalid: 'E100-401 E200-401 E400-401',
  ProviderRateLimited: 'E100-429 E200-429',
  ProviderServerError: 'E100-500',
  ProviderNetworkError: 'TransientNetworkFailure SSLCertificateError E100-timeout',
  ContentPolicy: 'E400-content-policy E400-nsfw',
  InvalidVoice: 'E200-invalid-voice',
  InvalidScript: 'E400-VALIDATION',
  InvalidInput:
    'E001 E002 PayloadTooLarge UnsupportedMediaType IdempotencyKeyReused MethodNotAllowed RangeNotSatisfiable UpgradeRequired',
  AudioInvalid: 'E305-AUDIO_VALIDATION',
  FFmpegNotFound: 'E302-FFMPEG_NOT_FOUND E302-FFMPEG_NOT_READY',
  FFmpegCorrupted: 'E302-FFMPEG_VALIDATION',
  FFmpegFailedExitCode: 'FFMPEG_ERROR E304-FFMPEG_RUNTIME E500-ffmpeg',
  EncoderNotAvailable: 'E500-codec RequiresNvidiaGPU InsufficientVRAM',
  OutputDirectoryNotWritable: 'E001-PERMISSION_DENIED E605 E606',
  OutOfDiskSpace: 'E003-LOW_DISK_SPACE E500-disk-space E601',
  OutOfMemory: 'E602',
  StepTimeout: 'E500-timeout',
  JobStalled: 'STALL_TIMEOUT E305-JOB_STALLED',
  UnsupportedOS: 'UnsupportedFeature',
  Cancelled: 'E998 E311',
  ServiceUnavailable: 'CIRCUIT_OPEN InternalError',
  RetryExhausted: 'RETRY_EXHAUSTED',
  AccessDenied: 'E003 E401 E403',
  JobNotFound: 'E404 NotFound',
  RateLimited: 'E429',
  UnknownError: 'E999 HttpStatus',
  InvalidAnswer: 'InvalidJson WrongContentType EventTooLong NoWebSocket',
};

function transient(title: string, remediation: string, errorName = 'JobFailedError'): ErrorFacts {
  return { title, remediation, kind: 'transient', errorName };
}

function user(title: string, remediation: string, errorName = 'JobFailedError'): ErrorFacts {
  return { title, remediation, kind: 'user', errorName };
}

function permanent(title: string, remediation: string, errorName = 'JobFailedError'): ErrorFacts {
  return { title, remediation, kind: 'permanent', errorName };
}
