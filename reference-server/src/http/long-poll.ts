/** Events page by page, for readers whose network lets no stream through. */
import type { Request, Response } from 'express';
import type { EventHub } from '../events/event-hub.ts';
import type { Reading } from '../events/event-stream-session.ts';
import { PageSink } from '../events/page-sink.ts';
import type { Page } from '../events/page-sink.ts';
import { ServiceError } from '../jobs/service-error.ts';
import { invalid, textOf } from './query.ts';

const MAX_WAIT_SECONDS = 30;
/** When to come back if the log cannot be read, in seconds. */
const RETRY_AFTER = 2;

/** How long a page may take to be written, in ms; `undefined` when a stream is asked for. */
export function waitOf(request: Request): number | undefined {
  const wait = textOf(request, 'wait');
  if (wait === undefined) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(wait)) throw invalid('wait', 'must be a number of seconds');
  return Math.min(Math.max(Number(wait), 0), MAX_WAIT_SECONDS) * 1000;
}

/** Answers with the events after the reader's cursor, as soon as there are any. */
export async function answerPage(
  response: Response,
  hub: EventHub,
  { waitMs, ...reading }: Omit<Reading, 'sink'> & { readonly waitMs: number },
): Promise<void> {
  const { start, source } = reading;
  const after = start.from === 'log' ? start.after : source.lastId;
  const page = await new Promise<Page>((resolve) => {
    hub.serve({ ...reading, sink: new PageSink(response, { after, waitMs }, resolve) });
  });
  if (response.destroyed) return;
  if (page.ending === 'gone') throw new ServiceError('JobNotFound', 'The job was deleted.');
  if (page.ending === 'trouble') {
    throw new ServiceError('ServiceUnavailable', 'The event log cannot be read at the moment. The job goes on.', {
      retryAfter: RETRY_AFTER,
    });
  }
  response.type('json').end(toJson(page));
}

/** Each event stands in it as it was logged. */
function toJson({ frames, lastId }: Page): Buffer {
  const events = frames.flatMap(({ message }, index) => (index > 0 ? [Buffer.from(','), message] : [message]));
  const cursor = JSON.stringify(lastId ?? null);
  return Buffer.concat([Buffer.from('{"events":['), ...events, Buffer.from(`],"lastEventId":${cursor}}`)]);
}
