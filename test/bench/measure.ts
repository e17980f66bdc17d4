/** Runs contestants in turn, many rounds each, and compares their medians: the machine's moods hit all alike. */

export interface Contest {
  readonly name: string;
  /** Median time in ms by contestant; the first one is what the others are compared with. */
  readonly medians: ReadonlyMap<string, number>;
  /** What else was seen. */
  readonly note?: string;
}

const WARM_UP = 3;
const ROUNDS = 15;

/** @param contestants each may tell its own time in ms; otherwise it is taken from call to end */
export async function measure(
  name: string,
  contestants: Record<string, () => Promise<number | void>>,
): Promise<Contest> {
  const times = new Map(Object.keys(contestants).map((key): [string, number[]] => [key, []]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [key, run] of Object.entries(contestants)) {
      const start = performance.now();
      const ms = (await run()) ?? performance.now() - start;
      if (round >= 0) times.get(key)!.push(ms);
    }
  }
  return {
    name,
    medians: new Map([...times].map(([key, values]) => [key, median(values)])),
  };
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** A table of speeds as ratios to the first contestant: 1 is as fast, more is faster. */
export function describe({ name, medians, note }: Contest): string {
  const [first] = medians.values();
  const rows = [...medians].map(
    ([key, ms]) => `  ${key.padEnd(36)} ${(first! / ms).toFixed(2).padStart(5)} ×  ${ms.toFixed(1).padStart(8)} ms`,
  );
  return `${[name, ...rows, ...(note ? [`  ${note}`] : [])].join('\n')}\n`;
}
