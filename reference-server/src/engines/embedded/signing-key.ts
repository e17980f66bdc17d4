/** The key that view tokens are signed with: made once, and kept beside the data so that tokens survive a restart. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES = 32;

/** @param file is made if it is not there, readable by this user alone */
export function signingKey(file: string): Uint8Array {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, randomBytes(BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(file);
  if (key.length === BYTES) return key;
  throw new Error(`${file} is no key of this server. Remove it: a new one is made, and view tokens given out end.`);
}
