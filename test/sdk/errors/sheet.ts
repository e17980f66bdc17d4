/** The table of the protocol sheet, section 5: codes and aliases as they are sent, with the class the sheet gives them. */
import type { ErrorCode, ErrorKind, ErrorPlace } from '@aura-jobs/sdk';

export interface SheetRow {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  /** What stands behind the colon in the sheet. */
  readonly detail?: string;
  /** Names that need no place. */
  readonly aliases?: readonly string[];
  /** Names with an exit code behind the hyphen. */
  readonly withExitCode?: readonly string[];
  /** Names that mean this code in this place only. */
  readonly inPlace?: readonly (readonly [string, ErrorPlace])[];
}

export const SHEET: readonly SheetRow[] = [
  { code: 'MissingApiKey', kind: 'user', detail: 'OPENAI_KEY', aliases: ['ProviderNotConfigured'] },
  {
    code: 'ProviderKeyInvalid',
    kind: 'user',
    aliases: ['E100-401', 'E200-401', 'E400-401'],
    inPlace: [['E306', 'Script']],
  },
  {
    code: 'ProviderRateLimited',
    kind: 'transient',
    aliases: ['E100-429', 'E200-429'],
    inPlace: [['E308', 'Script']],
  },
  { code: 'ProviderServerError', kind: 'transient', aliases: ['E100-500'], inPlace: [['E400', 'Visuals']] },
  {
    code: 'ProviderNetworkError',
    kind: 'transient',
    aliases: ['TransientNetworkFailure', 'ConnectionTimeout', 'SSLCertificateError', 'E100-timeout'],
  },
  {
    code: 'ContentPolicy',
    kind: 'permanent',
    aliases: ['E400-content-policy', 'E400-nsfw'],
    inPlace: [['E310', 'Script']],
  },
  { code: 'InvalidVoice', kind: 'user', aliases: ['E200-invalid-voice'] },
  {
    code: 'InvalidScript',
    kind: 'user',
    aliases: ['E400-VALIDATION'],
    inPlace: [
      ['E302', 'Script'],
      ['E309', 'Script'],
    ],
  },
  {
    code: 'InvalidInput',
    kind: 'permanent',
    detail: 'TOPIC',
    aliases: ['E001', 'E002'],
    inPlace: [
      ['E303', 'request'],
      ['E304', 'request'],
      ['E400', 'request'],
    ],
  },
  { code: 'AudioInvalid', kind: 'transient', aliases: ['E305-AUDIO_VALIDATION'] },
  { code: 'FFmpegNotFound', kind: 'user', aliases: ['E302-FFMPEG_NOT_FOUND', 'E302-FFMPEG_NOT_READY'] },
  {
    code: 'FFmpegCorrupted',
    kind: 'user',
    aliases: ['E302-FFMPEG_VALIDATION', 'E303'],
    withExitCode: ['E309'],
    inPlace: [['E303', 'Rendering']],
  },
  {
    code: 'FFmpegFailedExitCode',
    kind: 'user',
    detail: '134',
    aliases: ['FFMPEG_ERROR', 'E304-FFMPEG_RUNTIME', 'E500-ffmpeg'],
    withExitCode: ['E304'],
    inPlace: [['E304', 'Rendering']],
  },
  {
    code: 'EncoderNotAvailable',
    kind: 'user',
    aliases: ['E500-codec', 'RequiresNvidiaGPU', 'InsufficientVRAM'],
    withExitCode: ['E305'],
    inPlace: [
      ['E310', 'Rendering'],
      ['E305', 'Rendering'],
    ],
  },
  { code: 'MediaInvalid', kind: 'user', withExitCode: ['E306'] },
  {
    code: 'OutputDirectoryNotWritable',
    kind: 'user',
    aliases: ['E001-PERMISSION_DENIED', 'E605', 'E606'],
    withExitCode: ['E307'],
  },
  { code: 'OutOfDiskSpace', kind: 'user', aliases: ['E003-LOW_DISK_SPACE', 'E500-disk-space', 'E601'] },
  { code: 'OutOfMemory', kind: 'user', aliases: ['E602'] },
  {
    code: 'StepTimeout',
    kind: 'transient',
    detail: 'Rendering',
    aliases: ['E500-timeout'],
    inPlace: [['E308', 'Rendering']],
  },
  { code: 'JobStalled', kind: 'user', aliases: ['STALL_TIMEOUT', 'E305-JOB_STALLED'] },
  { code: 'UnsupportedOS', kind: 'permanent', detail: 'linux', aliases: ['UnsupportedFeature'] },
  { code: 'Cancelled', kind: 'user', aliases: ['E998', 'E311'] },
  { code: 'ServiceUnavailable', kind: 'transient', aliases: ['CIRCUIT_OPEN', 'E305'] },
  { code: 'RetryExhausted', kind: 'user', aliases: ['RETRY_EXHAUSTED'] },
  { code: 'AccessDenied', kind: 'permanent', aliases: ['E003', 'E401', 'E403'] },
  { code: 'JobNotFound', kind: 'permanent', aliases: ['E404'] },
  { code: 'RateLimited', kind: 'transient', aliases: ['E429'] },
  { code: 'NotCancellable', kind: 'permanent' },
  { code: 'NotRetryable', kind: 'permanent' },
  { code: 'UnknownError', kind: 'user', aliases: ['E999'] },
];
