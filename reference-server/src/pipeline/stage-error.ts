/** A stage's typed failure; its code and remediation reach the reader in `job-failed` (protocol sheet, section 5). */

export interface StageErrorOptions {
  /** Symbolic code of the taxonomy, `Name` or `Name:Detail`, for example `FFmpegFailedExitCode:1`. */
  readonly code: string;
  readonly message: string;
  /** What the person can do now. */
  readonly remediation: string;
  /** Technical details such as the encoder's last output; at most 16 KiB are kept. */
  readonly details?: string;
  /** The same work may succeed later without any change, so the stage tries again (class T of the taxonomy). @defaultValue false */
  readonly transient?: boolean;
  /** How long the provider asked to be left alone, in ms. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

const MAX_DETAILS = 16 * 1024;

export class StageError extends Error {
  override readonly name = 'StageError';
  readonly code: string;
  readonly remediation: string;
  readonly details: string | undefined;
  readonly transient: boolean;
  readonly retryAfterMs: number | undefined;

  constructor({ code, message, remediation, details, transient = false, retryAfterMs, cause }: StageErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.remediation = remediation;
    this.details = details?.slice(-MAX_DETAILS);
    this.transient = transient;
    this.retryAfterMs = retryAfterMs;
  }
}
