/** Command line of the demo. */
import { parseArgs } from 'node:util';
import { formatTimeSpan } from '@aura-jobs/sdk/protocol';

export interface DemoOptions {
  readonly topic: string;
  /** `hh:mm:ss` */
  readonly duration: string;
  /** Print one JSON object as the last line instead of a picture of the progress. */
  readonly json: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run demo -- [--topic "How tides work"] [--duration 00:00:20] [--json]
Lengths go from 10 seconds to 30 minutes, as hh:mm:ss or in seconds.`;

/** The options are not what the demo understands; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws {UsageError} */
export function readOptions(args: string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        topic: { type: 'string', default: 'How tides work' },
        duration: { type: 'string', default: '00:00:20' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { duration } = values;
    return { ...values, duration: /^\d{1,5}$/.test(duration) ? formatTimeSpan(Number(duration)) : duration };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}
