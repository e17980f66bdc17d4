/** The newest entries of a trace, in bounded memory. */
import { copyText } from './copy-text.ts';
import type { Secrets } from './secrets.ts';
import type { ExportedTrace, TraceEntry, TraceEvent } from './trace-entry.ts';

/** Adds something that has just happened. */
export type Note = (event: TraceEvent) => void;

export class TraceLog {
  readonly #limit: number;
  readonly #maxCharacters: number;
  readonly #secrets: Secrets;
  readonly #startedAt = new Date().toISOString();
  readonly #begin = performance.now();
  readonly #entries: { readonly entry: TraceEntry; readonly characters: number }[] = [];
  #characters = 0;
  #dropped = 0;

  constructor(limit: number, maxCharacters: number, secrets: Secrets) {
    this.#limit = limit;
    this.#maxCharacters = maxCharacters;
    this.#secrets = secrets;
  }

  /** The only way in: no text gets past the search for secrets, and none keeps the buffer alive that it was cut from. */
  readonly note: Note = (event) => {
    let characters = 0;
    const fields = Object.entries(event).flatMap(([name, value]): [string, unknown][] => {
      if (value === undefined) return [];
      if (typeof value !== 'string') return [[name, value]];
      const text = copyText(this.#secrets.remove(value));
      characters += text.length;
      return [[name, text]];
    });
    const at = Math.round(performance.now() - this.#begin);
    this.#entries.push({ entry: { at, ...Object.fromEntries(fields) } as TraceEntry, characters });
    this.#characters += characters;
    while (this.#entries.length > this.#limit || this.#characters > this.#maxCharacters) {
      this.#characters -= this.#entries.shift()!.characters;
      this.#dropped++;
    }
  };

  export(): ExportedTrace {
    const entries = this.#entries.map(({ entry }) => ({ ...entry }));
    return { version: 1, startedAt: this.#startedAt, dropped: this.#dropped, entries };
  }
}
