/** The figures of one server, for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { ChannelName } from '../notifications/notify-targets.ts';

/** Where the figures of the moment are read when somebody asks. */
export interface Gauges {
  openStreams(): number;
  queue(): Promise<{ readonly waiting: number; readonly running: number }>;
  /** Notifications that are under way. */
  notifications(): Promise<number>;
}

export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #events = this.#counter('aura_events_total', 'Events that were logged.', 'type');
  readonly #jobs = this.#counter('aura_jobs_ended_total', 'Jobs that have ended, by status.', 'status');
  readonly #jobErrors = this.#counter('aura_job_errors_total', 'Errors that jobs have failed with.', 'code');
  readonly #problems = this.#counter('aura_http_problems_total', 'Problems that were answered.', 'code');
  readonly #refused = this.#counter('aura_updates_refused_total', 'Changes that came after the end of their job.');
  readonly #notifications = this.#counter(
    'aura_notifications_total',
    'Attempts to notify somebody of the end of a job.',
    'channel',
    'outcome',
  );
  readonly #stages = this.#histogram(
    'aura_stage_seconds',
    'How long stages took that were finished.',
    [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
    'stage',
  );
  readonly #fanOut = this.#histogram(
    'aura_fan_out_seconds',
    'From an event in the log to the last reader that was ready for it.',
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
  );

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, as Prometheus reads it. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Adds the figures that are looked up only when somebody asks. */
  watch({ openStreams, queue, notifications }: Gauges): void {
    const gauge = (name: string, help: string, read: () => number | Promise<number>): Gauge =>
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        async collect() {
          this.set(await read());
        },
      });
    gauge('aura_streams_open', 'Streams, sockets and long polls that are open.', openStreams);
    gauge('aura_queue_depth', 'Jobs that wait.', async () => (await queue()).waiting);
    gauge('aura_jobs_running', 'Jobs that run.', async () => (await queue()).running);
    gauge('aura_notifications_waiting', 'Notifications that are neither told nor given up.', notifications);
  }

  eventLogged(type: string): void {
    this.#events.inc({ type });
  }

  jobEnded(status: 'Succeeded' | 'Failed' | 'Canceled'): void {
    this.#jobs.inc({ status });
  }

  /** @param code without its detail: `FFmpegFailedExitCode`, not `FFmpegFailedExitCode:1` */
  jobFailedWith(code: string): void {
    this.#jobErrors.inc({ code: code.split(':', 1)[0]! });
  }

  stageFinished(stage: StageName, seconds: number): void {
    this.#stages.observe({ stage }, seconds);
  }

  fannedOut(seconds: number): void {
    this.#fanOut.observe(seconds);
  }

  problemAnswered(code: string): void {
    this.#problems.inc({ code });
  }

  updateRefused(): void {
    this.#refused.inc();
  }

  /** @param outcome of one attempt; `failed` ones are tried again */
  notified(channel: ChannelName, outcome: 'delivered' | 'failed' | 'given_up'): void {
    this.#notifications.inc({ channel, outcome });
  }

  #counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[], ...labelNames: string[]): Histogram {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }
}
