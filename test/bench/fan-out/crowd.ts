/** Readers in a process of their own, so that reading does not cost the server's time. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { program } from './contestants.ts';
import type { ReadersOptions, ReadersReport } from './readers.ts';

export interface Crowd {
  /** Every reader has its first bytes. */
  readonly open: Promise<ReadersReport>;
  /** Every reader has got the terminal event. @throws when a reader got less than the others */
  readonly done: Promise<ReadersReport>;
  leave(): Promise<unknown>;
}

export function gather(options: ReadersOptions): Crowd {
  const child = fork(program(options.http2 ? 'readers-http2.ts' : 'readers.ts'), [JSON.stringify(options)], {
    execArgv: ['--conditions=aura-source'],
  });
  const exit = once(child, 'exit');
  const report = async (type: ReadersReport['type']): Promise<ReadersReport> => {
    for (;;) {
      const told = await Promise.race([once(child, 'message') as Promise<[ReadersReport]>, exit.then(() => undefined)]);
      if (!told) throw new Error('The readers have stopped.');
      if (told[0].type !== type) continue;
      if (type === 'done' && told[0].least < 0.9) throw new Error(`A reader got only ${told[0].least} of the stream.`);
      return told[0];
    }
  };
  const crowd = { open: report('open'), done: report('done'), leave: async () => (child.disconnect(), exit) };
  // Whoever is not interested in one of them does not have to look at it.
  crowd.open.catch(() => {});
  crowd.done.catch(() => {});
  return crowd;
}

/** @param part 0 … 1; 0.99 for the 99th percentile */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
