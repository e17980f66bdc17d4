/** How a simulated job behaves (docs/architecture.md, "Simulated jobs"). */

export interface SimulationInputs {
  /** How many `step-progress` events the job sends in all. */
  readonly events: number;
  /** 0: as fast as the event log takes them. */
  readonly eventsPerSecond: number;
  /** The job stays `Queued`, without any event, until it is released. */
  readonly hold: boolean;
  /** `seq` of the event before which the job fails, or `null`. */
  readonly failAt: number | null;
  /** `seq` of the event before which a warning is sent, or `null`. */
  readonly warnAt: number | null;
  /** Silence in the middle of the job, in seconds. */
  readonly stallSeconds: number;
  /** Filler added to each event, in bytes. */
  readonly padBytes: number;
}
