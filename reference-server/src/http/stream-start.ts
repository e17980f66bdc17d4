/** Where a reader of events begins: the same for streams, pages and sockets. */
import type { Request } from 'express';
import { compareEventIds, isEventId } from '@aura-jobs/sdk/protocol';
import type { SessionStart } from '../events/event-stream-session.ts';
import type { FrameSource } from '../events/frame-source.ts';

/** Where the reader goes on, or `undefined` when it has seen everything. */
export async function startOf(request: Request, source: FrameSource): Promise<SessionStart | undefined> {
  const cursors = [request.get('last-event-id'), request.query.lastEventId].filter(
    (id) => id !== undefined && id !== '',
  );
  // A browser's own reconnect sends a fresh header with the stale query of the first request: the newer one counts (C-09).
  const cursor = cursors.filter(isEventId).sort(compareEventIds).at(-1);
  if (cursor !== undefined && (await source.knows(cursor))) {
    const seenAll = source.ended && compareEventIds(cursor, source.lastId!) >= 0;
    return seenAll ? undefined : { from: 'log', after: cursor };
  }
  if (cursors.length === 0 && request.query.replay === 'all') return { from: 'log', after: undefined };
  return { from: 'state', resync: cursors.length > 0 };
}
