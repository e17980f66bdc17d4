/** Trouble of whatever keeps the data, disk, Redis or artifact store, in words that say what to do. */
import { ServiceError } from './service-error.ts';

type Trouble =
  | 'full'
  | 'closed'
  | 'damaged'
  | 'busy'
  | 'failing'
  | 'silent'
  | 'outOfMemory'
  | 'refusing'
  | 'storeSilent'
  | 'storeRefusing'
  | 'storeFull'
  | 'noBucket';

/** By the code of the file system, of SQLite, of the Redis engine, or of the artifact store. */
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
  ['S3_SILENT', 'storeSilent'],
  ['S3_REFUSES', 'storeRefusing'],
  ['S3_FULL', 'storeFull'],
  ['S3_NO_BUCKET', 'noBucket'],
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
  storeSilent:
    'The artifact store does not answer. Start it, or look at AWS_ENDPOINT_URL; the server goes on by itself.',
  storeRefusing: 'The artifact store does not let this server in. Look at its credentials and at AWS_REGION.',
  storeFull: 'The artifact store is full. Free some space there; the server goes on by itself.',
  noBucket: 'The artifact store has no such bucket. Create it, or name another with AURA_ARTIFACTS.',
  refusing: 'Redis does not take anything at the moment. Look at its log; the server goes on by itself.',
};

/** When to try again: space is freed by people, as a rule. */
const RETRY_AFTER_SECONDS = 10;

/** Whether the trouble is with what keeps jobs, events and artifacts, and so no fault of a job's own work. */
export function isStorageTrouble(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && (code === 'ERR_SQLITE_ERROR' || /^(REDIS|S3)_/.test(code));
}

/** What to tell of an error that comes from the storage; `undefined` for any other. */
export function storageFault(error: unknown): ServiceError | undefined {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number };
  // Extended codes of SQLite carry the plain one in their low byte.
  const trouble = TROUBLES.get(code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : code);
  return trouble && new ServiceError('ServiceUnavailable', WORDS[trouble], { retryAfter: RETRY_AFTER_SECONDS });
}
