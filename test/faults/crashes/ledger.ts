/** What the server has acknowledged: that is what it will be judged by. */
import type { Name } from '../../reference-server/owned-server.ts';
import type { RawEvent } from '../../reference-server/simulated-jobs.ts';
import type { Request } from './insist.ts';

export interface Acknowledged {
  readonly jobId: string;
  readonly owner: Name;
  /** The request that made it, with its key. */
  readonly request: Request;
  readonly held: boolean;
  readonly fails: boolean;
  readonly retryOf?: string;
  /** Unix ms of the answer 202 to a cancel. */
  cancelledAt?: number;
  released?: boolean;
  /** Its whole log, read right before it was deleted. */
  deletedLog?: readonly RawEvent[];
  deleted?: boolean;
}

export type Ledger = Map<string, Acknowledged>;
