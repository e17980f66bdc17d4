/** Makes the data folder, with those above it. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * As `mkdirSync` with `recursive`, which never returns where the folder above is there and none can be made in it, as in
 * `/proc` (nodejs/node: it takes every `ENOENT` for a missing parent).
 *
 * @throws with the code of the file system, such as `EEXIST` where a file is in its place
 */
export function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error;
  }
}
