/** What the connections of one page have found out: which transport gets through, and when to try the best one again. */
import type { Transport } from '../sse/transport.ts';

const LONGEST_MS = 600_000;

export class KnownWay {
  /** The transport that was heard last. */
  transport: Transport;
  readonly #preferred: Transport;
  readonly #probeEveryMs: number;
  #probeMs: number;
  #probeAt = 0;

  constructor(preferred: Transport, probeEveryMs: number) {
    this.transport = this.#preferred = preferred;
    this.#probeEveryMs = this.#probeMs = probeEveryMs;
  }

  /** A transport was heard: that is the proof that it gets through. */
  learn(transport: Transport): void {
    // Where one connection came back, the others may follow.
    if (transport === this.#preferred) this.#probeAt = 0;
    else if (this.transport === this.#preferred) this.#plan(this.#probeEveryMs);
    this.transport = transport;
  }

  /** How long to wait before asking {@link claimProbe}, in ms; short enough to notice what others have found out. */
  get waitMs(): number {
    return Math.min(Math.max(this.#probeAt - Date.now(), 0), this.#probeEveryMs);
  }

  /** Whether to try now. One connection does it for all, and each time more seldom. */
  claimProbe(): boolean {
    if (Date.now() < this.#probeAt) return false;
    this.#plan(Math.min(this.#probeMs * 2, Math.max(LONGEST_MS, this.#probeEveryMs)));
    return true;
  }

  #plan(ms: number): void {
    this.#probeMs = ms;
    this.#probeAt = Date.now() + ms;
  }
}
