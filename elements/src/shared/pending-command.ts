/** A command that was sent and not answered yet: the only thing a person's click changes by itself. */
import { isAuraError } from '@aura-jobs/sdk';
import type { Strings } from '../locales/en.ts';

export class PendingCommand {
  /** Sent; what comes of it is not known yet. */
  pending = false;
  /** Why nothing came of it. */
  refusal: unknown;
  readonly #changed: () => void;

  /** @param changed called after each change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Sends the command. It stays pending until `settle()`; a refusal ends it. @returns the answer, if there is one */
  async send<T>(call: () => Promise<T>, refused: (error: unknown) => void): Promise<T | undefined> {
    if (this.pending) return undefined;
    this.#set(true);
    try {
      return await call();
    } catch (error) {
      this.#set(false, error);
      refused(error);
      return undefined;
    }
  }

  /** The command has had its effect, or none. */
  settle(): void {
    this.#set(false);
  }

  /** That there was no connection is no reason any more. */
  reconnected(): void {
    if (wasOffline(this.refusal)) this.settle();
  }

  #set(pending: boolean, refusal?: unknown): void {
    if (pending === this.pending && refusal === this.refusal) return;
    this.pending = pending;
    this.refusal = refusal;
    this.#changed();
  }
}

/** What a program is told. */
export function messageOf(error: unknown): string {
  return detailOf(error) || (error instanceof Error ? error.message : String(error));
}

/** What a person reads: the server's own sentence where there is one, never the words of an error. */
export function reasonOf(error: unknown, strings: Strings): string {
  if (typeof error === 'string') return error;
  return detailOf(error) || (wasOffline(error) ? strings.spokenLost : '');
}

export function wasOffline(error: unknown): boolean {
  return isAuraError(error) && error.code === 'ConnectionLost';
}

function detailOf(error: unknown): string | undefined {
  return isAuraError(error) ? error.problem?.detail : undefined;
}
