/** One connection for one job or for many. */
import type { AuraError } from '../errors/aura-error.ts';
import { errorFromResponse } from '../errors/error-from-response.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isSeen } from '../protocol/event-id.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import { parseJobEvent } from '../protocol/parse-job-event.ts';
import type { RetryOptions } from '../sse/backoff.ts';
import { connectEventStream } from '../sse/event-stream.ts';
import type { Transport } from '../sse/transport.ts';
import { notJson } from './job-feed.ts';
import type { JobFeed } from './job-feed.ts';
import { jobPath } from './job-path.ts';

export interface ConnectionOptions {
  /** Reconnection of streams. */
  retry?: RetryOptions;
  /** Silence after which an open connection counts as dead, in ms. @defaultValue 30000, three keep-alive intervals */
  silenceTimeoutMs?: number;
  /**
   * How events travel. @defaultValue Server-Sent Events; `@aura-jobs/sdk/transports` has WebSocket, long polling and
   * `auto`, which finds out what gets through
   */
  transport?: Transport;
}

/** What a feed sees of the connection that it may share with others. */
export interface JobConnection {
  /** Unix ms, 0 for never. */
  readonly lastNewsAt: number;
  reconnect(): void;
  /** Ends the connection, unless another feed still needs it. */
  close(): void;
}

/**
 * Hands each event to the feed of its job. The connection begins at the oldest of their cursors. Where there is none for
 * several jobs, as on a WebSocket and on backends of the original family, each job gets its own.
 */
export function connectJobs(
  http: HttpClient,
  path: string,
  feeds: readonly JobFeed[],
  options: ConnectionOptions,
): JobConnection {
  const [only] = feeds.length === 1 ? feeds : [];
  const alive = (): JobFeed[] => feeds.filter(({ over }) => !over);
  let begun = false;
  let own: JobConnection[] | undefined;
  const stream = connectEventStream(http.url(path), {
    ...options,
    ...http.streamOptions,
    readError: (response) => errorFromResponse(response, `GET ${path}`),
    async beforeConnect(signal) {
      // The feeds get their readers one after another; what those want is known in the next turn.
      await Promise.resolve();
      await Promise.all(
        alive().map((feed) =>
          feed.prepare(signal).catch((error: AuraError) => {
            // One job that is gone does not keep the others from being followed.
            if (only || signal.aborted || error.retryable || error.status === 401) throw error;
            feed.giveUp(error);
          }),
        ),
      );
      const cursors = alive().map(({ cursor }) => cursor);
      if (!cursors.length) return false;
      // Later on the stream itself knows best.
      if (begun) return undefined;
      begun = true;
      return cursors.reduce((oldest, cursor) => (!cursor || isSeen(cursor, oldest) ? cursor : oldest));
    },
    onEvent(frame) {
      if (only) return only.receive(frame);
      let event: JobEvent;
      try {
        event = parseJobEvent(frame);
      } catch (cause) {
        return feeds.forEach((feed) => feed.fail(notJson(frame, cause)));
      }
      const { jobId } = (event.data ?? {}) as { jobId?: string };
      for (const feed of feeds) if (jobId === undefined || jobId === feed.jobId) feed.receive(event);
    },
    onError(error) {
      http.logger?.warn(`${path}: ${error.message}`);
      if (!only && (error.status === 404 || error instanceof ProtocolError)) {
        own = alive().map((feed) => connectJobs(http, jobPath(feed.jobId, '/events'), [feed], options));
        return;
      }
      for (const feed of feeds) feed.fail(error);
    },
    onStateChange(state) {
      http.logger?.debug(`${path}: ${state.status}`);
      if (own) return;
      for (const feed of feeds) feed.setConnection(state);
    },
  });
  return {
    get lastNewsAt() {
      return Math.max(stream.lastNewsAt, ...(own ?? []).map(({ lastNewsAt }) => lastNewsAt));
    },
    reconnect() {
      for (const { reconnect } of own ?? [stream]) reconnect();
    },
    close() {
      for (const { close } of own ?? []) close();
      if (!alive().length) stream.close();
    },
  };
}
