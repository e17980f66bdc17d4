/** RFC 9457 problem object, with the extra fields of this protocol (protocol sheet, section 4.4). */

export interface ProblemDetails {
  /** URL that names the kind of problem. */
  type?: string;
  title?: string;
  status?: number;
  /** What went wrong and what to do. */
  detail?: string;
  /** Symbolic code, for example `NotCancellable`. */
  code?: string;
  correlationId?: string;
  /** The field that was wrong. */
  field?: string;
  /** Messages by field name. */
  errors?: Record<string, string[]>;
  /** State of the job that refused. */
  currentStatus?: string;
  suggestedActions?: string[];
  jobId?: string;
  /** Seconds to wait. */
  retryAfter?: number;
}
