/** A client for element tests: the test says which events a job has, and what the server answers to commands. */
import { emptySnapshot, reduceJob } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft, JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { ConnectionState, FileTicket } from '@aura-jobs/sdk';
import type { JobSource, JobView } from '@aura-jobs/elements';

/** One job that all watchers see in the same state. */
export class ScriptedJob {
  snapshot: JobSnapshot | null = null;
  connection: ConnectionState = { status: 'open' };
  /** How many watchers are open now. */
  open = 0;
  /** How many watchers were ever opened. */
  opened = 0;
  reconnects = 0;
  readonly #jobId: string;
  readonly #listeners = new Set<() => void>();
  #counter = 0;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** The server tells these events, a second apart. */
  tell(...events: JobEventDraft[]): void {
    for (const event of events) {
      const id = `${Date.UTC(2026, 0, 1) + this.#counter * 1000}-${this.#counter++}`;
      this.set(reduceJob(this.snapshot ?? emptySnapshot(this.#jobId), { ...event, id }));
    }
  }

  /** Shows any state at once. */
  set(snapshot: JobSnapshot): void {
    this.snapshot = snapshot;
    this.#notify();
  }

  connect(connection: ConnectionState): void {
    this.connection = connection;
    this.#notify();
  }

  view(): JobView {
    this.open++;
    this.opened++;
    const current = (): ScriptedJob => this;
    let listener: (() => void) | undefined;
    return {
      get snapshot() {
        return current().snapshot;
      },
      get connection() {
        return current().connection;
      },
      subscribe: (call) => {
        listener = call;
        this.#listeners.add(call);
        return () => void this.#listeners.delete(call);
      },
      reconnect: () => void this.reconnects++,
      close: () => {
        this.open--;
        if (listener) this.#listeners.delete(listener);
      },
    };
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Knows jobs by id, makes them when asked for, and records commands. */
export class ScriptedClient implements JobSource {
  readonly commands: string[] = [];
  /** What `cancel` answers. */
  cancelAnswer: () => Promise<void> = () => Promise.resolve();
  /** What `retry` answers: the new job's id. */
  retryAnswer: () => Promise<string> = () => Promise.resolve('job-2');
  /** What `ticket` answers. */
  ticketAnswer: (jobId: string) => Promise<FileTicket | null> = () => Promise.resolve(null);
  readonly #jobs = new Map<string, ScriptedJob>();
  readonly jobs: JobSource['jobs'] = {
    cancel: async (jobId: string) => {
      this.commands.push(`cancel ${jobId}`);
      await this.cancelAnswer();
      return { jobId, currentStatus: 'Running', message: '' };
    },
    retry: async (jobId: string) => {
      this.commands.push(`retry ${jobId}`);
      return { jobId: await this.retryAnswer(), retryOf: jobId };
    },
    ticket: (jobId: string) => this.ticketAnswer(jobId),
  };

  job(jobId = 'job-1'): ScriptedJob {
    let job = this.#jobs.get(jobId);
    if (!job) this.#jobs.set(jobId, (job = new ScriptedJob(jobId)));
    return job;
  }

  watch(jobId: string): JobView {
    return this.job(jobId).view();
  }

  url(path: string, ticket?: FileTicket | null): string {
    return ticket ? `${path}?ticket=${ticket.token}` : path;
  }
}
