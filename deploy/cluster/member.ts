/** One process of a cluster: started again whenever it dies. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that dies at once must not be started without end. */
const RESTART_MS = 200;
/** Time to end in order, in ms. */
const GRACE_MS = 10_000;

export interface MemberOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What it has written when it is ready; `undefined`: ready as soon as it runs. */
  readonly ready: RegExp | undefined;
  /** Told each line that it writes. */
  readonly onLine: (line: string) => void;
}

export class Member {
  readonly name: string;
  readonly #options: MemberOptions;
  #child: ChildProcess | undefined;
  #stopping = false;
  #starts = 0;
  #ready = Promise.withResolvers<void>();
  #over: Promise<void> | undefined;

  constructor(options: MemberOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** Resolves when it is ready for the first time. @throws {Error} it ended instead */
  async start(): Promise<void> {
    const child = this.#launch();
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`${this.name} ended before it was ready (${String(code ?? signal)}).`);
    });
    await Promise.race([this.#ready.promise, ended]);
    ended.catch(() => {});
    this.#over = this.#supervise(child);
  }

  /** Resolves when it is ready: again, after it died. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Ends it as a crash would, with all that it has started. It is started again. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    this.#ready = Promise.withResolvers();
    signalGroup(child, 'SIGKILL');
    await once(child, 'exit');
  }

  /** Lets it hang, as a machine without a network does. @returns a function that ends it */
  freeze(): () => void {
    const child = this.#child!;
    signalGroup(child, 'SIGSTOP');
    return () => signalGroup(child, 'SIGCONT');
  }

  /** Ends it in order, for good. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child && !hasEnded(child)) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
      await once(child, 'exit');
      clearTimeout(timer);
    }
    await this.#over;
  }

  async #supervise(first: ChildProcess): Promise<void> {
    for (let child = first; ; child = this.#launch()) {
      if (!hasEnded(child)) await once(child, 'exit');
      if (this.#stopping) return;
      this.#options.onLine(`${this.name} has ended and is started again`);
      await delay(RESTART_MS);
      if (this.#stopping) return;
    }
  }

  #launch(): ChildProcess {
    const { program, args, environment, ready, onLine } = this.#options;
    this.#starts++;
    // A group of its own: what it starts dies with it.
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    // It must not outlive who would stop it.
    const end = (): void => signalGroup(child, 'SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    const { resolve } = this.#ready;
    if (!ready) child.once('spawn', resolve);
    child.once('error', (error) => onLine(`${this.name}: ${error.message}`));
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.on('data', (chunk) => {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          if (ready?.test(line)) resolve();
          onLine(`${this.name}: ${line}`);
        }
      });
    }
    return child;
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid!, signal);
  } catch {
    // It has ended.
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
