/** Tabs that share a connection: who may, how it ends for all, and what happens where a browser cannot. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AccessDeniedError, AuraClient, JobNotFoundError, RateLimitedError } from '@aura-jobs/sdk';
import type { AuraClientOptions, JobEvent } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { ConnectionState, EventStream, EventStreamOptions } from '@aura-jobs/sdk/sse';
import { shareAcrossTabs } from '@aura-jobs/sdk/browser';
import { eventually } from '../../support/eventually.ts';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer;
/** How a request is answered. */
let answer: Parameters<typeof startScriptedServer>[0];
const streams: EventStream[] = [];
const said: string[] = [];

beforeEach(async () => {
  server = await startScriptedServer((...args) => answer(...args));
  said.length = 0;
  const post = BroadcastChannel.prototype.postMessage;
  vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(function (this: BroadcastChannel, message) {
    said.push(`${this.name} ${JSON.stringify(message)}`);
    post.call(this, message);
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const stream of streams.splice(0)) stream.close();
  await server.close();
});

interface Tab {
  readonly stream: EventStream;
  readonly heard: string[];
  readonly states: ConnectionState[];
}

/** A tab on a plain event stream. */
function open(options: EventStreamOptions = {}, name?: string, path = '/events'): Tab {
  const [heard, states]: [string[], ConnectionState[]] = [[], []];
  const stream = connectEventStream(server.url + path, {
    transport: shareAcrossTabs(undefined, name === undefined ? {} : { name }),
    onEvent: ({ data }) => void heard.push(JSON.parse(data) as string),
    onStateChange: (state) => void states.push(state),
    ...options,
  });
  streams.push(stream);
  return { stream, heard, states };
}

const isOpen = ({ stream }: Tab): boolean => stream.state.status === 'open';
const statuses = ({ states }: Tab): string[] => states.map(({ status }) => status);
const lockNames = async (): Promise<string[]> => {
  const { held, pending } = await navigator.locks.query();
  return [...held!, ...pending!].map(({ name }) => name!);
};

/** A tab that leads and one that listens to it. */
async function openTwo(options?: EventStreamOptions): Promise<[Tab, Tab]> {
  const first = open(options);
  await eventually(() => isOpen(first));
  const second = open(options);
  await eventually(() => isOpen(second));
  return [first, second];
}

/** Waits until that many tabs listen to the one that leads now. */
function listening(count: number): Promise<unknown> {
  return eventually(() => {
    const messages = said.map((text) => JSON.parse(text.slice(text.indexOf('{'))) as Record<string, string>);
    const leader = messages.findLast(({ kind }) => kind === 'lead')?.from;
    const welcomed = messages.filter(({ kind, from }) => kind === 'welcome' && from === leader).map(({ to }) => to);
    return new Set(welcomed).size === count;
  });
}

describe('what all tabs share', () => {
  test('the events, the state and the signs of life', async () => {
    let write = (_text: string): void => {};
    answer = (_request, response) => {
      openStream(response);
      write = (text) => void response.write(text);
    };
    const [first, second] = await openTwo();
    write(frame('message', 'a', '1-1') + frame('message', 'no id'));
    await eventually(() => second.heard.length === 2);

    expect(second.heard).toEqual(first.heard);
    expect(second.stream.lastEventId).toBe('1-1');
    expect(statuses(second)).toEqual(['connecting', 'open']);
    expect(server.requests.length).toBe(1);
    const before = second.stream.lastNewsAt;
    await eventually(() => {
      write(':\n\n');
      return second.stream.lastNewsAt > before;
    });
  });

  test('that the news is asked for', async () => {
    const transport = shareAcrossTabs(async (link) => {
      link.onOpen('polling');
      await new Promise((_resolve, reject) => link.signal.addEventListener('abort', reject));
    });
    const tabs = [open({ transport }), open({ transport })];
    await eventually(() => tabs.every(({ stream }) => stream.state.status === 'polling'));

    for (const tab of tabs) expect(statuses(tab)).toEqual(['connecting', 'polling']);
  });

  test('a reader that comes later hears what a greeting would tell, and one that saw it goes on from there', async () => {
    answer = (_request, response) =>
      void openStream(response, frame('message', 'a', '1-1'), frame('message', 'b', '1-2'));
    const [first, second] = await openTwo();
    await eventually(() => second.heard.length === 2);
    const third = open({ lastEventId: '1-2' });
    await eventually(() => isOpen(third));

    expect(first.heard).toEqual(['a', 'b']);
    expect(second.heard).toEqual(['a', 'b']);
    expect(third.heard).toEqual([]);
    expect(server.requests.length).toBe(1);
  });

  test('an end for good', async () => {
    answer = async (_request, response, n) => {
      await listening(2);
      if (n === 1) openStream(response, frame('message', 'a', '1-1')).end();
      else response.writeHead(204).end();
    };
    const tabs = [open(), open(), open()];
    await eventually(() => tabs.every(({ stream }) => stream.state.status === 'closed'));

    for (const tab of tabs) expect(statuses(tab)).toEqual(['connecting', 'open', 'connecting', 'closed']);
    expect(server.requests.length).toBe(2);
  });

  test.each([
    [403, AccessDeniedError, 'AccessDenied', 1],
    [404, JobNotFoundError, 'JobNotFound', 1],
    // Each tab asks for a token once more.
    [401, AccessDeniedError, 'AccessDenied', 2],
  ])('an answer %i, with class, code and status', async (status, Class, code, requests) => {
    answer = async (_request, response) => {
      await listening(2);
      response.writeHead(status, { 'x-correlation-id': 'corr-1' }).end('{"detail":"No."}');
    };
    const clients = [1, 2, 3].map(() => newClient({ getToken: () => 'token' }));
    const errors = await Promise.all(
      clients.map((client) =>
        collect(client).then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );

    for (const error of errors) {
      expect(error).toBeInstanceOf(Class);
      expect(error).toMatchObject({ code, status, requestId: 'corr-1', retryable: false, problem: { detail: 'No.' } });
    }
    expect(server.requests.length).toBe(requests);
  });

  test('the end of a job: nobody asks again for what one has heard', async () => {
    const ending = frame('job-cancelled', { status: 'Cancelled', jobId: 'job-1' }, '1700000000000-2');
    answer = async (_request, response) => {
      await listening(5);
      openStream(response, frame('job-status', { status: 'Running' }, '1700000000000-1')).write(ending);
    };
    const lists = await Promise.all([1, 2, 3, 4, 5, 6].map(() => collect(newClient())));

    for (const events of lists) expect(events.map(({ type }) => type)).toEqual(['job-status', 'job-cancelled']);
    await eventually(async () => (await lockNames()).length === 0);
    expect(server.requests.length).toBe(1);
  });

  test('a wait that the server asks for: nobody comes back earlier', async () => {
    const at: number[] = [];
    answer = async (_request, response, n) => {
      if (n === 1) await listening(2);
      at.push(Date.now());
      if (n === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else openStream(response);
    };
    const reasons: unknown[] = [];
    const readers = [1, 2, 3].map(() => {
      const client = newClient();
      return client.subscribe('job-1', {
        onState: (state) => state.status === 'reconnecting' && reasons.push(state.reason),
      });
    });
    await eventually(() => at.length === 2);

    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(1000);
    expect(reasons.length).toBe(3);
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(RateLimitedError);
      expect(reason).toMatchObject({ retryable: true, retryAfterMs: 1000 });
    }
    for (const leave of readers) leave();
  });

  test('a lost cursor: the state comes again from the beginning (AC-08)', async () => {
    answer = ({ headers }, response, n) => {
      if (headers['last-event-id'] && n > 1)
        openStream(response, frame('resync', 'resync'), frame('message', 'old', '1-1'), frame('message', 'new', '1-2'));
      else openStream(response, frame('message', 'x', '9-9'));
    };
    const [first, second] = await openTwo();
    await eventually(() => second.heard.length === 1);
    first.stream.close();
    await eventually(() => second.heard.includes('new'));
    const third = open({ lastEventId: '9-9' });
    await eventually(() => third.heard.includes('new'));

    expect(second.heard).toEqual(['x', 'resync', 'old', 'new']);
    expect(third.heard).toEqual(['resync', 'old', 'new']);
  });
});

describe('who shares', () => {
  test('tabs with the same headers; a token is never part of a name or a message', async () => {
    answer = (_request, response) => void openStream(response, frame('message', 'a', '1-1'));
    const token = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
    const tabs = [open(token('secret-a')), open(token('secret-b')), open(token('secret-a')), open()];
    await eventually(() => tabs.every(isOpen));

    const tokens = server.requests.map(({ headers }) => headers.authorization ?? 'none');
    expect(tokens.toSorted((a, b) => a.localeCompare(b))).toEqual(['Bearer secret-a', 'Bearer secret-b', 'none']);
    const names = await lockNames();
    expect(new Set(names).size).toBe(3);
    expect(said.length).toBeGreaterThan(0);
    for (const text of [...said, ...names]) expect(text).not.toMatch(/secret|Bearer|authorization/i);
  });

  test('tabs of the same name, whatever their tokens; not those of another', async () => {
    answer = (_request, response) => void openStream(response);
    const headers = (): HeadersInit => ({ authorization: `Bearer ${Math.random()}` });
    const tabs = [open({ headers }, 'anna'), open({ headers }, 'anna'), open({ headers }, 'berta')];
    await eventually(() => tabs.every(isOpen));

    expect(server.requests.length).toBe(2);
    for (const text of said) expect(text).not.toContain('anna');
  });

  test('not streams of different URLs', async () => {
    answer = (_request, response) => void openStream(response);
    const tabs = [open(), open({}, undefined, '/other')];
    await eventually(() => tabs.every(isOpen));

    expect(server.requests.length).toBe(2);
  });

  test('a tab that has signed in differently leads nobody who has not', async () => {
    answer = (_request, response) => void openStream(response);
    let token = 'a';
    const changing = { headers: () => ({ authorization: `Bearer ${token}` }) };
    const [first] = [open({ headers: { authorization: 'Bearer a' } })];
    await eventually(() => isOpen(first));
    const second = open(changing);
    await eventually(() => isOpen(second));
    const third = open({ headers: { authorization: 'Bearer a' } });
    await eventually(() => isOpen(third));
    token = 'b';
    first.stream.close();
    await eventually(() => server.requests.length === 3);

    const tokens = server.requests.map(({ headers }) => headers.authorization);
    expect(tokens.filter((header) => header === 'Bearer b').length).toBe(1);
    expect(statuses(second)).toEqual(['connecting', 'open']);
    expect(statuses(third)).toEqual(['connecting', 'open']);
  });
});

describe('a tab that leaves', () => {
  test('gives up its place in the queue, and its channel', async () => {
    answer = (_request, response) => void openStream(response);
    const closed = vi.spyOn(BroadcastChannel.prototype, 'close');
    const [first, second] = await openTwo();
    second.stream.close();
    expect(closed).toHaveBeenCalledTimes(1);
    first.stream.close();
    expect(closed).toHaveBeenCalledTimes(2);
    await eventually(async () => (await lockNames()).length === 0);

    expect(server.requests.length).toBe(1);
  });

  test('is followed by another within a second, from its own cursor', async () => {
    answer = (_request, response, n) => void openStream(response, frame('message', `from ${n}`, `1-${n}`));
    const [first, second] = await openTwo();
    await eventually(() => second.heard.length === 1);
    const leftAt = Date.now();
    first.stream.close();
    await eventually(() => second.heard.length === 2);

    expect(Date.now() - leftAt).toBeLessThan(1000);
    expect(server.requests[1]!.headers['last-event-id']).toBe('1-1');
    expect(statuses(second)).toEqual(['connecting', 'open']);
  });
});

test('a connection that breaks is the trouble of its tab alone: the next one tries at once', async () => {
  answer = (_request, response, n) => void openStream(response, frame('message', `from ${n}`, `1-${n}`));
  const [first, second] = await openTwo({ retry: { initialDelayMs: 60_000, jitter: false } });
  await eventually(() => second.heard.length === 1);
  server.requests[0]!.socket.destroy();
  await eventually(() => second.heard.length === 2);

  expect(statuses(first)).toEqual(['connecting', 'open', 'reconnecting']);
  expect(statuses(second)).toEqual(['connecting', 'open']);
  expect(server.requests.length).toBe(2);
  first.stream.reconnect();
  await eventually(() => first.heard.length === 2);
  expect(server.requests.length).toBe(2);
});

test('a tab that has asked often takes the answer to what it asked last', async () => {
  answer = (_request, response) => void openStream(response);
  const first = open();
  await eventually(() => isOpen(first));
  const [room] = await lockNames();
  const asked: { from: string; cursor: string }[] = [];
  const leader = new BroadcastChannel(room!);
  leader.addEventListener('message', ({ data }) => void (data.kind === 'hello' && asked.push(data)));
  let release = (): void => {};
  const lead = navigator.locks.request(room!, () => new Promise<void>((resolve) => (release = resolve)));
  first.stream.close();
  const second = open({ lastEventId: 'a' });
  for (let count = 1; count <= 5; count++) {
    await eventually(() => asked.length === count);
    if (count < 5) leader.postMessage({ kind: 'lead', from: 'leader' });
  }
  for (const [index, hello] of asked.entries()) {
    const frames = index === 4 ? [{ id: 'b', type: 'message', data: '"heard"' }] : undefined;
    leader.postMessage({ ...hello, kind: 'welcome', from: 'leader', to: hello.from, status: 'open', frames, end: 'b' });
  }
  await eventually(() => isOpen(second));
  leader.close();
  second.stream.close();
  release();
  await lead;

  expect(second.heard).toEqual(['heard']);
  expect(asked.length).toBe(5);
  expect(server.requests.length).toBe(1);
});

describe('a tab that hangs', () => {
  test('is not waited for', async () => {
    answer = (_request, response) => void openStream(response, frame('message', 'a', '1-1'));
    const first = open();
    await eventually(() => isOpen(first));
    const [room] = await lockNames();
    let release = (): void => {};
    // It has the lock and says nothing.
    const hung = navigator.locks.request(room!, () => new Promise<void>((resolve) => (release = resolve)));
    first.stream.close();
    const second = open();
    await eventually(() => second.heard.length === 1);
    const third = open();
    await eventually(() => third.heard.length === 1);
    release();
    await hung;
    // Now one of them leads, and the other gives its own connection up.
    await eventually(() => said.some((text) => text.includes('"welcome"')));
    await eventually(() => openSockets() === 1);

    expect(statuses(second)).toEqual(['connecting', 'open']);
    expect(third.heard).toEqual(['a']);
    expect(second.heard).toEqual(['a']);
  });

  const openSockets = (): number => server.requests.filter(({ socket }) => !socket.destroyed).length;
});

describe('without the means', () => {
  test.each([
    ['Web Locks', () => vi.stubGlobal('navigator', {})],
    ['a navigator', () => vi.stubGlobal('navigator', undefined)],
    ['BroadcastChannel', () => vi.stubGlobal('BroadcastChannel', undefined)],
    ['a secure context', () => vi.stubGlobal('crypto', { getRandomValues: () => {} })],
    ['the right to a lock', () => vi.stubGlobal('navigator', { locks: { request: refuse } })],
    ['the right to a channel', () => vi.stubGlobal('BroadcastChannel', forbid)],
  ])('each tab has its own connection: %s', async (_name, take) => {
    answer = (_request, response) => void openStream(response, frame('message', 'a', '1-1'));
    take();
    const faults: unknown[] = [];
    const tabs = [1, 2].map(() => open({ onError: (error) => faults.push(error) }));
    await eventually(() => tabs.every(({ heard }) => heard.length === 1));

    expect(server.requests.length).toBe(2);
    for (const tab of tabs) expect(statuses(tab)).toEqual(['connecting', 'open']);
    expect(faults).toEqual([]);
  });

  function forbid(): never {
    throw new DOMException('denied', 'SecurityError');
  }
  const refuse = (): Promise<never> => Promise.reject(new DOMException('denied', 'SecurityError'));
});

function newClient(options: AuraClientOptions = {}): AuraClient {
  return new AuraClient({ baseUrl: server.url, transport: shareAcrossTabs(), ...options });
}

async function collect(client: AuraClient): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for await (const event of client.events('job-1')) events.push(event);
  return events;
}
