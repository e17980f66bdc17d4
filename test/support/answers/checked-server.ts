/** Every server that a test starts is held against its own description (OpenAPI, AsyncAPI), whatever the test is about. */
import { readFileSync, rmSync } from 'node:fs';

export interface AnswerCheck {
  /** For the server's Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** To be called when the server has ended. @throws when it has answered what it does not describe */
  settle(): void;
}

/** @param dataDir of the server; the notes lie beside it */
export function checkAnswers(dataDir: string): AnswerCheck {
  // A bench measures the server alone.
  if (!process.env.VITEST) return { args: [], env: {}, settle: () => {} };
  const notes = `${dataDir}.answers`;
  return {
    args: ['--import', new URL('in-server.ts', import.meta.url).href],
    env: { ANSWERS_NOTED_IN: notes },
    settle() {
      const differences = new Set(read(notes).split('\n').filter(Boolean));
      rmSync(notes, { force: true });
      if (differences.size > 0)
        throw new Error(`The server has answered what it does not describe:\n${[...differences].join('\n')}`);
    },
  };
}

/** Nothing to note, no file. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
