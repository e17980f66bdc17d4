/** Long polling: one request after another, each answered as soon as there is news (AC-69). */
import { ProtocolError } from '../errors/protocol-error.ts';
import { abortableDelay } from '../http/abort.ts';
import type { Link, Transport } from '../sse/transport.ts';
import { deliver, invalidAnswer, parseJson } from './deliver.ts';

export interface LongPollingOptions {
  /** How long the server may wait for news, in seconds; less than the stream's `silenceTimeoutMs`. @defaultValue 25 */
  waitSeconds?: number;
}

/** Pauses after answers that came early and brought nothing, in ms. */
const PAUSE = { first: 500, growth: 1.5, longest: 5000 };

/**
 * Asks again and again; gets through whatever lets plain requests through.
 *
 * @example new AuraClient({ transport: longPolling() });
 */
export function longPolling({ waitSeconds = 25 }: LongPollingOptions = {}): Transport {
  return async (link) => {
    let pauseMs = PAUSE.first;
    // The first answer comes at once: it tells what is known already, and that the way is open.
    for (let [wait, opened] = [0, false]; ; [wait, opened] = [waitSeconds, true]) {
      const cursor = link.lastEventId;
      const askedAt = performance.now();
      const response = await link.get(
        'application/json',
        `${link.url}${link.url.includes('?') ? '&' : '?'}wait=${wait}`,
      );
      if (response.status === 204) return true;
      const page = await readPage(link, response);
      if (!opened) link.onOpen('polling');
      link.onAlive();
      for (const event of page.events) deliver(link, event);
      if (page.lastEventId && page.lastEventId !== link.lastEventId) link.onId(page.lastEventId);
      link.signal.throwIfAborted();
      // A server that does not wait must not be asked without end.
      const early = performance.now() - askedAt < wait * 500;
      if (!early || link.lastEventId !== cursor) pauseMs = PAUSE.first;
      else {
        await abortableDelay(pauseMs, link.signal);
        pauseMs = Math.min(pauseMs * PAUSE.growth, PAUSE.longest);
      }
    }
  };
}

interface Page {
  readonly events: readonly unknown[];
  /** The cursor for the next request. */
  readonly lastEventId?: string | null;
}

async function readPage(link: Link, response: Response): Promise<Page> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    const message =
      `${link.url} answered "?wait=" with "${type}" where application/json was expected. ` +
      'A backend without long polling needs another transport.';
    throw new ProtocolError(message, { code: 'WrongContentType', status: response.status });
  }
  const page = Object(parseJson(link, await response.text())) as Partial<Page>;
  const { events, lastEventId = null } = page;
  if (!Array.isArray(events) || (lastEventId !== null && typeof lastEventId !== 'string')) {
    throw invalidAnswer(link, 'a page that is not { events, lastEventId }');
  }
  return { events, lastEventId };
}
