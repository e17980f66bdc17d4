/** The page of the burst bench: reads the same stream in several ways and tells how long each took. */
import { createParser } from 'eventsource-parser';
import { AuraClient } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';

const baseUrl = new URLSearchParams(location.search).get('server')!;
const url = `${baseUrl}/api/jobs/a/events`;

/** Each resolves after the last event of the stream. */
const readers = {
  async bare() {
    const parser = createParser({ onEvent: ({ data }) => void (JSON.parse(data) as unknown) });
    const decoder = new TextDecoder();
    const reader = (await fetch(url)).body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read())
      parser.feed(decoder.decode(read.value, { stream: true }));
  },
  connected: () =>
    new Promise<void>((resolve) => {
      const stream = connectEventStream(url, {
        onEvent({ type, data }) {
          JSON.parse(data);
          if (type !== 'job-completed') return;
          stream.close();
          resolve();
        },
      });
    }),
  async watched() {
    await new AuraClient({ baseUrl }).watch('a').done;
  },
  async iterated() {
    for await (const _event of new AuraClient({ baseUrl }).events('a'));
  },
};

export type Reader = keyof typeof readers;

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
  type: 'longtask',
});

declare global {
  /** @returns ms it took, and the longest task meanwhile (0: none over 50 ms) */
  var readBurst: (reader: Reader) => Promise<{ ms: number; longestTask: number }>;
}

globalThis.readBurst = async (reader) => {
  longTasks.length = 0;
  const start = performance.now();
  await readers[reader]();
  const ms = performance.now() - start;
  // Long tasks are told after the task.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { ms, longestTask: Math.max(0, ...longTasks) };
};
