/** Command line of the demo. */
import { parseArgs } from 'node:util';

export interface DemoOptions {
  readonly topic: string;
  /** `hh:mm:ss` */
  readonly duration: string;
  /** Print one JSON object as the last line instead of a picture of the progress. */
  readonly json: boolean;
}

export const USAGE = `Usage: npm run demo -- [--topic "How tides work"] [--duration 00:00:20] [--json]`;

/** @throws {TypeError} an option is unknown */
export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      topic: { type: 'string', default: 'How tides work' },
      duration: { type: 'string', default: '00:00:20' },
      json: { type: 'boolean', default: false },
    },
  });
  return values;
}
