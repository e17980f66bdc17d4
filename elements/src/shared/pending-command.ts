/** A command that was sent and not answered yet: the only thing a person's click changes by itself. */
import { isAuraError } from '@aura-jobs/sdk';

export class PendingCommand {
  /** Sent; what comes of it is not known yet. */
  pending = false;
  /** Why the server refused, in words for people. */
  refusal = '';
  readonly #changed: () => void;

  /** @param changed called after each change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Sends the command. It stays pending until `settle()`; a refusal ends it. @returns the answer, if there is one */
  async send<T>(call: () => Promise<T>, refused: (error: unknown) => void): Promise<T | undefined> {
    if (this.pending) return undefined;
    this.#set(true, '');
    try {
      return await call();
    } catch (error) {
      this.#set(false, reasonOf(error));
      refused(error);
      return undefined;
    }
  }

  /** The command has had its effect, or none. */
  settle(): void {
    this.#set(false, '');
  }

  #set(pending: boolean, refusal: string): void {
    if (pending === this.pending && refusal === this.refusal) return;
    this.pending = pending;
    this.refusal = refusal;
    this.#changed();
  }
}

/** What a person can read: the server's own sentence where there is one. */
export function reasonOf(error: unknown): string {
  if (isAuraError(error) && error.problem?.detail) return error.problem.detail;
  return error instanceof Error ? error.message : String(error);
}
