/** Where a job lives in the API. */
import { InvalidInputError } from '../errors/invalid-input-error.ts';

/** Path of a job, or of something below it. @throws {InvalidInputError} as {@link encodeJobId} */
export function jobPath(jobId: string, below = ''): string {
  return `/api/jobs/${encodeJobId(jobId)}${below}`;
}

/**
 * An id as one part of a URL, which it cannot leave.
 *
 * @throws {InvalidInputError} an id that a URL would take for a folder or that is no text, or none at all
 */
export function encodeJobId(jobId: string): string {
  // Half a surrogate pair is no text and cannot be encoded.
  if (!/^\.{0,2}$|\p{Cs}/u.test(jobId)) return encodeURIComponent(jobId);
  throw new InvalidInputError(`"${jobId}" is no job id. Give the one that create() returned.`, {
    code: 'InvalidInput',
  });
}
