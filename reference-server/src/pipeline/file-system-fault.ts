/** Turns the file system's own errors, which any writing stage may meet, into codes a person can act on. */
import { StageError } from './stage-error.ts';

/** The typed failure for a disk that is full or closed to us, or `undefined` for any other error. */
export function fileSystemFault(error: unknown): StageError | undefined {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return outOfDiskSpace(error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StageError({
        code: 'OutputDirectoryNotWritable',
        message: 'The server may not write to its job folder.',
        remediation: 'Give the server process write access to its data folder, or choose another folder.',
        cause: error,
      });
    default:
      return undefined;
  }
}

/** The failure for a full disk; also used where a child process met it. */
export function outOfDiskSpace(cause?: unknown, details?: string): StageError {
  return new StageError({
    code: 'OutOfDiskSpace',
    message: 'The disk is full.',
    remediation: 'Free some space on the server (at least 1 GB) and retry the job.',
    cause,
    ...(details === undefined ? {} : { details }),
  });
}
