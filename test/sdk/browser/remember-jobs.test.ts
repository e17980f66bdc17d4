/** The memory of a page's jobs, with storage as it is and as it should not be. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AuraClient, InvalidInputError } from '@aura-jobs/sdk';
import { rememberJobs } from '@aura-jobs/sdk/browser';
import type { JobMemory, JobStorage, RememberedJob, RememberOptions } from '@aura-jobs/sdk/browser';
import { eventually } from '../../support/eventually.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

let server: TestServer;
let client: AuraClient;
let storage: MapStorage;
const memories: JobMemory[] = [];

/** Storage that counts what is written, and can be full. */
class MapStorage implements JobStorage {
  readonly items = new Map<string, string>();
  writes = 0;
  full = false;

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.writes++;
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '16' });
  client = new AuraClient({ baseUrl: server.url });
});

beforeEach(() => {
  storage = new MapStorage();
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const memory of memories.splice(0)) memory.close();
});

afterAll(() => server.stop());

function remember(options: RememberOptions = { storage }, from = client): JobMemory {
  const memory = rememberJobs(from, options);
  memories.push(memory);
  return memory;
}

async function simulate(inputs: object = { hold: true }): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs: { ...inputs } })).jobId;
}

const idsOf = ({ jobs }: JobMemory): string[] => jobs.map(({ jobId }) => jobId);

describe('a job', () => {
  test('AC-59 is found by the next page, and shown as the server knows it', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 50 });
    const first = remember();
    const shown = first.add(jobId);
    await eventually(() => (shown.snapshot?.percent ?? 0) > 1);
    const { percent, lastEventId } = shown.snapshot!;
    first.close();
    expect(first.jobs).toEqual([{ jobId, lastEventId }]);

    const [watcher, ...more] = remember().restore();
    await eventually(() => watcher!.snapshot);
    expect(more).toEqual([]);
    expect(watcher!.jobId).toBe(jobId);
    expect(watcher!.snapshot!.percent).toBeGreaterThanOrEqual(percent);
    await client.jobs.cancel(jobId);
  });

  test('is forgotten when its end was seen', async () => {
    const jobId = await simulate({ events: 3, eventsPerSecond: 0 });
    const memory = remember();
    await memory.add(jobId).done;

    expect(memory.jobs).toEqual([]);
    expect(storage.length).toBe(0);
  });

  test('that ended while nobody looked is shown once more', async () => {
    const jobId = await simulate();
    const first = remember();
    await eventually(() => first.add(jobId).snapshot);
    first.close();
    await client.jobs.cancel(jobId);

    const second = remember();
    const [watcher] = second.restore();
    await eventually(() => watcher!.snapshot?.status === 'Canceled');
    expect(second.jobs).toEqual([]);
  });

  test('whose end comes to a hidden page is kept until somebody can have seen it', async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    vi.stubGlobal('document', page);
    const jobId = await simulate({ events: 3, eventsPerSecond: 0 });
    const memory = remember();
    await memory.add(jobId).done;
    expect(idsOf(memory)).toEqual([jobId]);

    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(memory.jobs).toEqual([]);
  });

  test.each([404, 410])('AC-60 that the server answers with %i is forgotten', async (status) => {
    const foreign = await startScriptedServer((_request, response) => void response.writeHead(status).end());
    const memory = remember(undefined, new AuraClient({ baseUrl: foreign.url }));
    const { done } = memory.add('job-old');

    await expect(done).rejects.toMatchObject({ code: 'JobNotFound', status });
    expect(memory.jobs).toEqual([]);
    await foreign.close();
  });

  test('that cannot be asked for stays remembered', async () => {
    const foreign = await startScriptedServer((_request, response) => void response.writeHead(403).end());
    const memory = remember(undefined, new AuraClient({ baseUrl: foreign.url }));
    await expect(memory.add('job-1').done).rejects.toMatchObject({ status: 403 });

    expect(idsOf(memory)).toEqual(['job-1']);
    await foreign.close();
  });

  test('is watched once, and again after its watcher was closed', async () => {
    const jobId = await simulate();
    const memory = remember();
    const watcher = memory.add(jobId);
    expect(memory.add(jobId)).toBe(watcher);
    watcher.close();

    expect(memory.add(jobId)).not.toBe(watcher);
    expect(idsOf(memory)).toEqual([jobId]);
  });

  test('can be forgotten, and does not come back with its next event', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 100 });
    const [memory, other] = [remember(), remember()];
    const watchers = [memory.add(jobId), other.add(jobId)];
    await eventually(() => watchers.every(({ snapshot }) => snapshot));
    memory.forget(jobId);
    expect(other.jobs).toEqual([]);
    const at = watchers[1]!.snapshot!.percent;
    await eventually(() => watchers[1]!.snapshot!.percent > at + 2);
    other.close();

    expect(storage.length).toBe(0);
    await client.jobs.cancel(jobId);
  });
});

describe('storage', () => {
  test('holds ids and cursors, nothing else', async () => {
    const jobId = await simulate();
    const memory = remember({ storage, key: 'mine' });
    await eventually(() => memory.add(jobId).snapshot);
    memory.close();

    expect([...storage.items.keys()]).toEqual([`mine:${jobId}`]);
    const entry = JSON.parse(storage.items.get(`mine:${jobId}`)!) as object;
    expect(Object.keys(entry)).toEqual(['lastEventId', 'addedAt']);
  });

  test('is written at most once a second, and when the page is left', async () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 200 });
    const memory = remember();
    const startedAt = performance.now();
    const watcher = memory.add(jobId);
    await eventually(() => storage.writes >= 4);
    // One when it was added.
    expect(performance.now() - startedAt).toBeGreaterThan(2900);
    const { writes } = storage;
    const written = (): unknown => (JSON.parse(storage.items.get(`aura-jobs:${jobId}`)!) as RememberedJob).lastEventId;
    await eventually(() => written() !== watcher.snapshot!.lastEventId);
    page.dispatchEvent(new Event('pagehide'));

    expect(storage.writes).toBe(writes + 1);
    expect(written()).toBe(watcher.snapshot!.lastEventId);
    await client.jobs.cancel(jobId);
  });

  test('is shared by tabs that write at the same time', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => simulate()));
    const tabs = [remember(), remember()];
    await Promise.all(
      ids.map((jobId, index) => {
        const watcher = tabs[index % 2]!.add(jobId);
        return eventually(() => watcher.snapshot);
      }),
    );
    for (const tab of tabs) tab.close();

    expect(new Set(idsOf(tabs[0]!))).toEqual(new Set(ids));
    expect(tabs[1]!.jobs).toEqual(tabs[0]!.jobs);
  });

  test('never goes back to an older event', async () => {
    const jobId = await simulate();
    const memory = remember();
    await eventually(() => memory.add(jobId).snapshot);
    const newer = { lastEventId: '9999999999999-0', addedAt: 1 };
    storage.items.set(`aura-jobs:${jobId}`, JSON.stringify(newer));
    memory.close();

    expect(memory.jobs).toEqual([{ jobId, lastEventId: newer.lastEventId }]);
  });

  test('keeps the 100 newest', () => {
    let now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => now++);
    const memory = remember(undefined, new AuraClient({ baseUrl: 'http://127.0.0.1:9' }));
    for (let index = 0; index < 130; index++) memory.add(`job-${index}`).close();

    expect(idsOf(memory).length).toBe(100);
    expect(idsOf(memory)[0]).toBe('job-129');
    expect(storage.length).toBe(100);
    vi.restoreAllMocks();
  });

  test.each(['', '{', 'null', '[]', '7', '{"addedAt":"now"}', '{"lastEventId":{}}'])(
    'with %j in it is ignored and overwritten',
    async (text) => {
      const jobId = await simulate();
      storage.items.set(`aura-jobs:${jobId}`, text);
      storage.items.set('aura-jobs', text);
      const memory = remember();
      expect(memory.jobs).toEqual([]);
      expect(memory.restore()).toEqual([]);
      memory.add(jobId);

      expect(memory.jobs).toEqual([{ jobId, lastEventId: null }]);
      expect(storage.items.get('aura-jobs')).toBe(text);
    },
  );

  test('that is full', async () => {
    const jobId = await simulate();
    storage.full = true;
    const memory = remember();
    const watcher = memory.add(jobId);
    await eventually(() => watcher.snapshot);

    expect(memory.jobs).toEqual([{ jobId, lastEventId: watcher.snapshot!.lastEventId }]);
    expect(storage.length).toBe(0);
    memory.forget(jobId);
    expect(memory.jobs).toEqual([]);
  });

  test.each([
    ['missing', () => vi.stubGlobal('localStorage', undefined)],
    ['null', () => vi.stubGlobal('localStorage', null)],
    ['forbidden', () => forbid()],
  ])('that is %s: jobs are remembered until the page is closed', async (_name, take) => {
    const jobId = await simulate();
    take();
    const memory = remember({});
    const watcher = memory.add(jobId);
    await eventually(() => watcher.snapshot);

    expect(idsOf(memory)).toEqual([jobId]);
    expect(idsOf(remember({}))).toEqual([]);
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  function forbid(): void {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  }
});

test('an id that can be none is neither kept nor allowed to lose the others', async () => {
  const jobId = await simulate();
  const memory = remember();
  expect(() => memory.add('..')).toThrow(InvalidInputError);
  expect(storage.items.size).toBe(0);

  memory.add(jobId);
  // Of another version, or of somebody else.
  storage.setItem('aura-jobs:', '{"addedAt":1}');
  storage.setItem('aura-jobs:..', '{"addedAt":2}');
  expect(remember().restore()).toMatchObject([{ jobId }]);
  expect([...storage.items.keys()]).toEqual([`aura-jobs:${jobId}`]);
});
