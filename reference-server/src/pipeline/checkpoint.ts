/** The proof that a stage is finished: its output in one file, written last and all at once. */
import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageOutput } from './stage-output.ts';

const CHECKPOINT_FILE = 'checkpoint.json';

/** Saves a stage's output; a reader finds all of it or nothing. */
export async function writeCheckpoint(folder: string, output: StageOutput): Promise<void> {
  const file = join(folder, CHECKPOINT_FILE);
  await writeFile(`${file}.part`, JSON.stringify(output));
  await rename(`${file}.part`, file);
}

/** A finished stage's output, or `undefined` if it has to be made: no checkpoint, or one whose files are gone. */
export async function readCheckpoint(folder: string, workspace: string): Promise<StageOutput | undefined> {
  try {
    const output = JSON.parse(await readFile(join(folder, CHECKPOINT_FILE), 'utf8')) as StageOutput;
    const files = [...output.artifacts.map((artifact) => artifact.file), ...(output.files ?? [])];
    await Promise.all(files.map((file) => access(join(workspace, file))));
    return output;
  } catch {
    return undefined; // Whatever is wrong with it, the remedy is the same: run the stage.
  }
}
