/** A stage whose work several can do: each is asked again where that may help, then the next one. Nothing else retries. */
import { setTimeout as delay } from 'node:timers/promises';
import { emptyFolder } from './empty-folder.ts';
import { StageError } from './stage-error.ts';
import type { PipelineStage, StageContext, StageProvider } from './stage.ts';

/** Those who can do a stage's work, best first. */
export type Providers<P> = readonly [P, ...P[]];

/** How a provider is asked again. Tests bring their own clock and chance. */
export interface Retry {
  /** Attempts of one provider. @defaultValue 3 */
  readonly attempts: number;
  /** Wait before the second attempt, in ms; doubled before each one that follows. @defaultValue 1000 */
  readonly firstWaitMs: number;
  /** Ends early, with a rejection, when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<unknown>;
  /** A number in `[0, 1)`. */
  random(): number;
}

export const RETRY: Retry = {
  attempts: 3,
  firstWaitMs: 1000,
  wait: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
};

/** Computed waits are up to a fifth shorter or longer, so that many jobs do not come back at once. */
const JITTER = 0.2;
/** A provider that asks to be left alone for longer is not waited for, nor asked any earlier, in ms. */
const LONGEST_WAIT_MS = 60_000;

/**
 * The stage that `stageOf` makes for the first of the providers that manages it.
 *
 * A {@link StageError} that is `transient` (protocol sheet, section 5, class T) is tried again, three attempts in all,
 * after about 1 s and 2 s, or after exactly what the provider asked for. After any other, the next provider takes over at
 * once, with a warning that says why. What is no `StageError` is a fault of this program, and passes.
 *
 * @throws {StageError} the last provider's, when none is left; the signal's reason at once when it is aborted
 * @example withProviders([languageModel, offlineWriter], (writer) => createScriptStage(writer, secondsOf))
 */
export function withProviders<P extends StageProvider, Input, Output>(
  providers: Providers<P>,
  stageOf: (provider: P) => PipelineStage<Input, Output>,
  retry: Retry = RETRY,
): PipelineStage<Input, Output> {
  const [first, ...others] = providers;
  return {
    ...stageOf(first),
    provider: first,
    async run(input, context) {
      let provider = first;
      for (const next of [...others, undefined]) {
        try {
          return await withRetry(() => stageOf(provider).run(input, context), provider, context, retry);
        } catch (error) {
          context.signal.throwIfAborted();
          if (!next || !(error instanceof StageError)) throw error;
          await emptyFolder(context.folder);
          await context.handTo(next);
          context.warn(`${provider.name} gave up (${error.code}): ${error.message} ${next.name} is used instead.`);
          provider = next;
        }
      }
      throw new RangeError('There is always a last provider.');
    },
  };
}

async function withRetry<Output>(
  work: () => Promise<Output>,
  { name }: StageProvider,
  { signal, folder, report }: StageContext,
  { attempts, firstWaitMs, wait, random }: Retry,
): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StageError) || !error.transient || attempt === attempts) throw error;
      const jitter = 1 + JITTER * (2 * random() - 1);
      const waitMs = error.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1) * jitter;
      if (waitMs > LONGEST_WAIT_MS) throw error;
      await emptyFolder(folder);
      const message = `${name} is asked again in ${Math.ceil(waitMs / 1000)} s`;
      await report({ item: attempt + 1, of: attempts, message, detail: error.message, done: 0 });
      await wait(waitMs, signal);
    }
  }
}
