/** Whether a server can take on work: asked by whoever sends it some. */
import { statfs } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Artifacts } from './artifacts/artifacts.ts';
import type { EventLog } from './events/event-log.ts';
import { storageFault } from './jobs/storage-fault.ts';

/** With less than this on the disk, hardly a job could be stored. */
const LEAST_FREE_BYTES = 1_000_000;

export interface ReadinessOptions {
  readonly log: EventLog;
  readonly artifacts: Artifacts;
  readonly dataDir: string;
  readonly logger: Logger;
}

/** @returns why not, in words; `undefined` when it can */
export async function whyNotReady({ log, artifacts, dataDir, logger }: ReadinessOptions): Promise<string | undefined> {
  try {
    await log.check();
    await artifacts.check();
    const { bavail, bsize } = await statfs(dataDir);
    if (bavail * bsize < LEAST_FREE_BYTES) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' });
    return undefined;
  } catch (err) {
    logger.error({ err }, 'the server is not ready');
    return storageFault(err)?.message ?? 'The event log cannot be written to at the moment.';
  }
}
