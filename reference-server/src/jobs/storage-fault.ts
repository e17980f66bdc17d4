/** Trouble of whatever keeps the data, disk or Redis, in words that say what to do. */
import { ServiceError } from './service-error.ts';

type Trouble = 'full' | 'closed' | 'damaged' | 'busy' | 'failing' | 'silent' | 'outOfMemory' | 'refusing';

/** By the code of the file system, of SQLite, or of the Redis engine. */
const TROUBLES: ReadonlyMap<unknown, Trouble> = new Map<unknown, Trouble>([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  [13, 'full'],
  ['EROFS', 'closed'],
  ['EACCES', 'closed'],
  ['EPERM', 'closed'],
  [8, 'closed'],
  [14, 'closed'],
  [11, 'damaged'],
  [26, 'damaged'],
  [5, 'busy'],
  [6, 'busy'],
  ['EIO', 'failing'],
  [10, 'failing'],
  ['REDIS_SILENT', 'silent'],
  ['REDIS_FULL', 'outOfMemory'],
  ['REDIS_REFUSES', 'refusing'],
]);

const WORDS: Readonly<Record<Trouble, string>> = {
  full: 'The disk is full. Free some space in the data folder; nothing that was acknowledged is lost.',
  closed: 'The data folder cannot be written to. Give the server write access, or choose another with AURA_DATA_DIR.',
  damaged:
    'The database is damaged. Stop the server and restore aura.sqlite from a backup, or move it away to begin anew.',
  busy: 'The database is in use by another program. End that program; the server goes on by itself.',
  failing: 'The disk cannot be read or written. Look at the system’s log.',
  silent: 'Redis does not answer. Start it; the server goes on by itself, and nothing that was acknowledged is lost.',
  outOfMemory: 'The memory of Redis is full. Give it more (maxmemory); the server goes on by itself.',
  refusing: 'Redis does not take anything at the moment. Look at its log; the server goes on by itself.',
};

/** When to try again: space is freed by people, as a rule. */
const RETRY_AFTER_SECONDS = 10;

/** Whether the trouble is with what keeps jobs and events, and so no fault of a job's own work. */
export function isDatabaseTrouble(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && (code === 'ERR_SQLITE_ERROR' || code.startsWith('REDIS_'));
}

/** What to tell of an error that comes from the storage; `undefined` for any other. */
export function storageFault(error: unknown): ServiceError | undefined {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number };
  // Extended codes of SQLite carry the plain one in their low byte.
  const trouble = TROUBLES.get(code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : code);
  return trouble && new ServiceError('ServiceUnavailable', WORDS[trouble], { retryAfter: RETRY_AFTER_SECONDS });
}
