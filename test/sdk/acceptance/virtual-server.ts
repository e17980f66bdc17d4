/** A server without a network, for promises about time: answers come at once, and the clock only moves when the test says so. */
import { vi } from 'vitest';

export interface VirtualServer {
  readonly fetch: typeof globalThis.fetch;
  /** Virtual ms, since the test began, of each request. */
  readonly times: readonly number[];
  readonly requests: readonly Request[];
}

/** Stops the clock. Call `vi.useRealTimers()` afterwards. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) });
}

/** @param answer called for each request with its number, from 1 */
export function virtualServer(answer: (n: number, request: Request) => Response | Promise<Response>): VirtualServer {
  const began = Date.now();
  const times: number[] = [];
  const requests: Request[] = [];
  return {
    times,
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      times.push(Date.now() - began);
      requests.push(request);
      const response = await answer(times.length, request);
      // As a real one does.
      init?.signal?.throwIfAborted();
      return response;
    },
  };
}

/** An open stream that the test writes to. */
export function openBody(): { response: Response; write: (text: string) => void; end: () => void } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    response: new Response(readable, { headers: { 'content-type': 'text/event-stream' } }),
    write: (text) => void writer.write(new TextEncoder().encode(text)).catch(() => {}),
    end: () => void writer.close().catch(() => {}),
  };
}
