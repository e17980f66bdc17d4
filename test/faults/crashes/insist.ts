/** A caller that does not give up: what gets no answer is asked again, until the server is back. */
import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../../support/api.ts';
import type { Answer } from '../../support/api.ts';
import { as } from '../../reference-server/owned-server.ts';
import type { Name } from '../../reference-server/owned-server.ts';

const PAUSE_MS = 30;

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/**
 * @returns the first whole answer
 * @throws when the server has answered that it failed: a crash is no answer
 */
export async function insist(url: string, who: Name, { method, path, body, key }: Request): Promise<Answer> {
  const headers = { ...as(who), ...(key !== undefined && { 'idempotency-key': key }) };
  for (;;) {
    const answer = await call(url + path, method, body, headers).catch(() => undefined);
    if (answer && answer.status >= 500) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    if (answer) return answer;
    await delay(PAUSE_MS);
  }
}
