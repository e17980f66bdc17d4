/** Who is calling. Without sign-in there is one caller, whom everything belongs to. */
import type { Request } from 'express';
import type { Caller } from '../../jobs/job-service.ts';

const LOCAL: Caller = { id: 'local' };

export function callerOf(_request: Request): Caller {
  return LOCAL;
}
