/** A burst of 20,000 events in a real Chromium, as a ratio to fetch + parser + JSON.parse in the same page. */
import { once } from 'node:events';
import { serveApp } from '../support/app-host.ts';
import { launchBrowser, openPage } from '../support/launch-browser.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import type { Reader } from './burst-page.ts';
import { jobFrames } from './frames.ts';
import { measure } from './measure.ts';
import type { Contest } from './measure.ts';

const EVENTS = 20_000;
const NAMES: Record<Reader, string> = {
  bare: 'fetch + eventsource-parser + JSON.parse',
  connected: 'connectEventStream + JSON.parse',
  watched: 'client.watch',
  iterated: 'for await of client.events',
};

export async function benchBrowserBurst(): Promise<Contest> {
  const bytes = Buffer.concat(jobFrames(EVENTS));
  const server = await startScriptedServer(async ({ url }, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (!url!.endsWith('/events')) return void response.end('{"jobId":"a","status":"Running","percent":0}');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (!response.write(bytes)) await once(response, 'drain');
    response.end();
  });
  const [host, browser] = await Promise.all([serveApp(new URL('./burst-page.ts', import.meta.url)), launchBrowser()]);
  const longest = new Map<string, number>();
  try {
    const { page } = await openPage(browser);
    await page.goto(`${host.url}/?server=${server.url}`);
    await page.waitForFunction('globalThis.readBurst');
    const run = (reader: Reader) => async () => {
      const { ms, longestTask } = await page.evaluate((name) => readBurst(name), reader);
      longest.set(reader, Math.max(longest.get(reader) ?? 0, longestTask));
      return ms;
    };
    const contest = await measure(
      'a burst of 20,000 events in Chromium',
      Object.fromEntries(Object.entries(NAMES).map(([reader, name]) => [name, run(reader as Reader)])),
    );
    const tasks = Object.entries(NAMES).map(([reader, name]) => {
      const ms = longest.get(reader)!;
      return `${name}: ${ms ? `${ms.toFixed(0)} ms` : 'none over 50 ms'}`;
    });
    return { ...contest, note: `longest task: ${tasks.join('; ')}` };
  } finally {
    await browser.close();
    await Promise.all([host.close(), server.close()]);
  }
}
