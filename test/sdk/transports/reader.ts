/** A stream over a transport under test, and all that it said. */
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { ConnectionState, EventStream, EventStreamOptions, StreamEvent } from '@aura-jobs/sdk/sse';

export interface Reader {
  readonly stream: EventStream;
  readonly events: StreamEvent[];
  readonly errors: Error[];
  readonly states: ConnectionState[];
  /** The states' names, in order. */
  readonly statuses: string[];
}

export function openReader(url: string, options: EventStreamOptions): Reader {
  const [events, errors, states]: [StreamEvent[], Error[], ConnectionState[]] = [[], [], []];
  const stream = connectEventStream(url, {
    retry: { initialDelayMs: 1, jitter: false },
    ...options,
    onEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
    onStateChange: (state) => void states.push(state),
  });
  return {
    stream,
    events,
    errors,
    states,
    get statuses() {
      return states.map(({ status }) => status);
    },
  };
}
