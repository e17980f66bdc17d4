/** Simulated jobs on a server under test. */
import { expect } from 'vitest';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import type { RawFrame } from '../support/raw-stream.ts';

/** Where it is. */
export interface Served {
  readonly url: string;
}

/** An event as pages and sockets carry it; undefined fields are left out. */
export interface RawEvent {
  readonly id?: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

export async function simulate({ url }: Served, inputs: object): Promise<string> {
  const { status, body } = await call(`${url}/api/jobs`, 'POST', { preset: 'simulated', inputs });
  expect(status).toBe(202);
  return body.jobId;
}

export async function release({ url }: Served, jobId: string): Promise<void> {
  expect((await call(`${url}/api/jobs/${jobId}/release`, 'POST')).status).toBe(202);
}

export async function cancel({ url }: Served, jobId: string): Promise<void> {
  expect((await call(`${url}/api/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);
}

/** All that is in a job's log, once it has ended. */
export async function logOf({ url }: Served, jobId: string): Promise<RawEvent[]> {
  const stream = await openRawStream(`${url}/api/jobs/${jobId}/events?replay=all`);
  await stream.ended;
  return stream.events.map(toEvent);
}

/** A job that has ended, and its log. */
export async function finished(
  server: Served,
  inputs: object = { events: 20, eventsPerSecond: 0 },
): Promise<{ jobId: string; log: RawEvent[] }> {
  const jobId = await simulate(server, inputs);
  return { jobId, log: await logOf(server, jobId) };
}

/** A stream's event in the form of pages and sockets. */
export function toEvent({ id, event, data }: RawFrame): RawEvent {
  return { ...(id && { id }), type: event!, data: data as RawEvent['data'] };
}

export const typesOf = (events: readonly RawEvent[]): string[] => events.map(({ type }) => type);
