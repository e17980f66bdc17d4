/** Where a job lives in the API. */
import { InvalidInputError } from '../errors/invalid-input-error.ts';

/**
 * Path of a job, or of something below it. The id cannot leave its place in the path.
 *
 * @throws {InvalidInputError} an id that a URL would take for a folder, or none at all
 */
export function jobPath(jobId: string, below = ''): string {
  if (!/^\.{0,2}$/.test(jobId)) return `/api/jobs/${encodeURIComponent(jobId)}${below}`;
  throw new InvalidInputError(`"${jobId}" is no job id. Give the one that create() returned.`, {
    code: 'InvalidInput',
  });
}
