/** An event in wire form, encoded once per process and shared by all its readers. */
import type { LoggedEvent } from './event-log.ts';

export interface Frame {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** JSON holds no raw line break, so one `data` line always suffices and nothing can be injected (AC-64). */
export function toFrame({ id, type, json }: LoggedEvent): Frame {
  return { id, type, bytes: Buffer.from(`id: ${id}\nevent: ${type}\ndata: ${json}\n\n`) };
}

/** Said when a cursor is unknown: what follows is the current state. It has no id, since it is not in the log (AC-08). */
export const RESYNC_FRAME: Buffer = Buffer.from('event: resync\ndata: {"resync":true}\n\n');

/** Trouble of the server, said to one reader. Not in the log, so without an id, and it changes no state (C-05). */
export function errorFrame(message: string, correlationId: string | null): Buffer {
  return Buffer.from(`event: error\ndata: ${JSON.stringify({ message, correlationId: correlationId ?? '' })}\n\n`);
}
