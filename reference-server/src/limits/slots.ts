/** Places that are held for a while, counted by name over all processes. Implemented by each engine. */

export interface Slot {
  /** How many there were before. */
  readonly others: number;
  /** Called once. */
  release(): void;
}

export interface Slots {
  /** @returns `undefined` when `limit` of them are held already */
  take(name: string, limit: number): Promise<Slot | undefined>;
}
