/** A socket that closes in the same turn as an abort: nobody waits for its reason, so it must not be thrown at nobody. */
import { afterEach, expect, test, vi } from 'vitest';
import { webSocket } from '@aura-jobs/sdk/transports';
import type { Link } from '@aura-jobs/sdk';

afterEach(() => vi.unstubAllGlobals());

test('a close right behind an abort leaves no unhandled rejection', async () => {
  const opened: EventTarget[] = [];
  class Socket extends EventTarget {
    constructor() {
      super();
      opened.push(this);
    }
    close(): void {}
  }
  vi.stubGlobal('WebSocket', Socket);
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const controller = new AbortController();
  const link = {
    url: 'http://server.invalid/api/jobs/job-1/events',
    lastEventId: '',
    signal: controller.signal,
    headers: async () => new Headers(),
  } as Partial<Link> as Link;

  const connection = webSocket(link);
  await vi.waitUntil(() => opened.length === 1);
  controller.abort(new Error('left'));
  opened[0]!.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '' }));

  await expect(connection).rejects.toThrow('left');
  // Node tells of unhandled rejections at the end of a turn.
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
