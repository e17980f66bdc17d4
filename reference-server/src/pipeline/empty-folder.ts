/** A stage's folder before its work begins, and after work that came to nothing. */
import { mkdir, rm } from 'node:fs/promises';

/** A half-made file of an earlier attempt must never be taken for a finished one. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
