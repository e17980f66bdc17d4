/** Tells those who asked for it that a job has ended: at least once, after a crash as well. */
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { Logger } from 'pino';
import type { EventHub } from '../events/event-hub.ts';
import type { EventLog } from '../events/event-log.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import type { Channel } from './channel.ts';
import { jobEnd } from './job-end.ts';
import type { ChannelName } from './notify-targets.ts';
import type { Delivery, Outbox } from './outbox.ts';
import { postOnce, PrivateAddressError } from './post-once.ts';
import { retryWait } from './retry-wait.ts';

/** Deliveries under way at a time: a receiver that does not answer holds up no other. */
const AT_ONCE = 16;
/** The longest sleep, and the wait when the outbox cannot be read, in ms. */
const MAX_SLEEP_MS = 60_000;
const TROUBLE_MS = 1000;

export interface NotifierOptions {
  readonly outbox: Outbox;
  readonly store: JobStore;
  readonly log: EventLog;
  readonly hub: EventHub;
  /** Those that are configured. */
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly metrics: ServerMetrics;
  readonly logger: Logger;
  readonly privateHosts: readonly string[];
  /** After so many a delivery is given up. */
  readonly attempts: number;
  /** Wait after the first attempt, in ms. */
  readonly retryMs: number;
  /** Longest time for an attempt, in ms. */
  readonly timeoutMs: number;
}

/** What has become of an attempt. */
type Outcome =
  | { readonly is: 'delivered' }
  | { readonly is: 'failed'; readonly why: string; readonly askedMs?: number | undefined }
  | { readonly is: 'hopeless'; readonly why: string };

export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  /** Jobs that have ended, of which the outbox does not know yet. */
  readonly #ended = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #turn: Promise<void> | undefined;
  #again = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Begins to tell; first of all of jobs whose end was logged when a crash came. */
  async start(): Promise<void> {
    this.#started = true;
    await this.recover();
  }

  /** Looks for ends that were logged by who could not tell of them: before a crash, or by another process. */
  async recover(): Promise<void> {
    const { outbox, log } = this.#options;
    for (const jobId of await outbox.awaited()) if (await log.isSealed(jobId)) this.#ended.add(jobId);
    this.#wake();
  }

  /** The end of a job was logged. Never throws: what the disk does not take now is tried again. */
  readonly jobEnded = (jobId: string): void => {
    this.#ended.add(jobId);
    this.#wake();
  };

  /** Puts down what is under way; it is the first thing at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#turn;
    await Promise.all(this.#underWay);
  }

  #wake(): void {
    if (!this.#started || this.#stop.signal.aborted) return;
    this.#again = true;
    this.#turn ??= this.#work().finally(() => (this.#turn = undefined));
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#stop.signal.aborted) {
      this.#again = false;
      clearTimeout(this.#timer);
      const sleep = await this.#begin().catch((err: unknown) => {
        this.#options.logger.error({ err }, 'the outbox cannot be used at the moment; it is tried again');
        return TROUBLE_MS;
      });
      if (!this.#stop.signal.aborted) this.#timer = setTimeout(() => this.#wake(), sleep).unref();
    }
  }

  /** Begins what is due. @returns how long there is nothing to do, in ms */
  async #begin(): Promise<number> {
    const { outbox, timeoutMs } = this.#options;
    for (const jobId of this.#ended) {
      await outbox.release(jobId, Date.now());
      this.#ended.delete(jobId);
    }
    const [now, limit] = [Date.now(), AT_ONCE - this.#underWay.size];
    // Whoever takes one is done with it long before somebody else may take it.
    const taken = limit > 0 ? await outbox.claim({ now, again: now + 2 * timeoutMs, limit }) : [];
    for (const delivery of taken) {
      const told = this.#deliver(delivery).finally(() => {
        this.#underWay.delete(told);
        this.#wake();
      });
      this.#underWay.add(told);
    }
    // The next one to end wakes this up.
    if (this.#underWay.size >= AT_ONCE) return MAX_SLEEP_MS;
    const next = (await outbox.nextDueAt()) ?? Infinity;
    return Math.min(Math.max(next - Date.now(), 0), MAX_SLEEP_MS);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { outbox, metrics, logger, attempts, retryMs } = this.#options;
    const { jobId, channel, attempt } = delivery;
    try {
      const outcome = await this.#attempt(delivery);
      if (outcome.is === 'delivered') {
        await outbox.done(delivery);
        metrics.notified(channel, 'delivered');
      } else if (this.#stop.signal.aborted) await outbox.postpone(delivery, Date.now());
      else if (outcome.is === 'hopeless' || attempt >= attempts) {
        await outbox.done(delivery);
        metrics.notified(channel, 'given_up');
        logger.warn({ jobId, channel, attempt, why: outcome.why }, 'a notification was given up');
      } else {
        await outbox.postpone(
          delivery,
          Date.now() + retryWait(attempt, { firstMs: retryMs, askedMs: outcome.askedMs }),
        );
        metrics.notified(channel, 'failed');
        logger.info({ jobId, channel, attempt, why: outcome.why }, 'a notification failed; it is tried again');
      }
    } catch (err) {
      // It is due again by itself.
      logger.error({ err, jobId, channel, attempt }, 'what became of a notification could not be stored');
    }
  }

  async #attempt({ jobId, channel: name }: Delivery): Promise<Outcome> {
    const { store, hub, channels, privateHosts, timeoutMs } = this.#options;
    const record = await store.get(jobId);
    const snapshot = await hub.snapshot(jobId);
    const channel = channels.get(name);
    if (!record?.notify || !isTerminal(snapshot.status)) return { is: 'hopeless', why: 'the job is gone' };
    if (!channel) return { is: 'hopeless', why: `the server is no longer configured for ${name}` };
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const { url, ...request } = channel.request(jobEnd(record, snapshot), record.notify);
      const { status, retryAfterMs } = await postOnce(url, { ...request, signal, privateHosts });
      if (status >= 200 && status < 300) return { is: 'delivered' };
      const why = `the receiver answered ${status}`;
      return channel.final.has(status) ? { is: 'hopeless', why } : { is: 'failed', why, askedMs: retryAfterMs };
    } catch (error) {
      if (error instanceof PrivateAddressError) return { is: 'hopeless', why: error.message };
      return { is: 'failed', why: signal.aborted ? `no answer in ${timeoutMs} ms` : wordFor(error) };
    }
  }
}

/** Without the address, which is a secret: messages of the network carry it. */
function wordFor(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return code ?? name;
}
