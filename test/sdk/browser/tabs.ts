/** Tabs of one browser, seen from outside. */
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { openPage } from '../../support/launch-browser.ts';
import type { TabNotes } from './tab-app.ts';

export class Tab {
  readonly page: Page;
  readonly faults: readonly string[];
  /** Event streams that this tab has open. */
  readonly #streams = new Set<HTTPRequest>();

  constructor(page: Page, faults: readonly string[]) {
    this.page = page;
    this.faults = faults;
    page.on('request', (request) => {
      if (request.method() === 'GET' && /\/events\b/.test(request.url())) this.#streams.add(request);
    });
    page.on('requestfinished', (request) => void this.#streams.delete(request));
    page.on('requestfailed', (request) => void this.#streams.delete(request));
  }

  static async open(browser: Browser, url: string): Promise<Tab> {
    const { page, faults } = await openPage(browser);
    const tab = new Tab(page, faults);
    await page.goto(url);
    return tab;
  }

  /** It has a connection of its own. */
  get connected(): boolean {
    return this.#streams.size > 0;
  }

  /** A part of what it has noted. */
  notes<K extends keyof TabNotes>(key: K): Promise<TabNotes[K]> {
    return this.page.evaluate((name) => (window as unknown as { notes: TabNotes }).notes[name], key) as Promise<
      TabNotes[K]
    >;
  }

  /** Waits until the list has that many entries. */
  async noted(key: 'heard' | 'percents' | 'states', count: number): Promise<void> {
    await this.page.waitForFunction(
      (name, least) => ((window as unknown as { notes?: TabNotes }).notes?.[name].length ?? -1) >= least,
      { polling: 20 },
      key,
      count,
    );
  }

  async send(
    method: 'Page.crash' | 'Page.setWebLifecycleState',
    params?: { state: 'frozen' | 'active' },
  ): Promise<void> {
    const session = await this.page.createCDPSession();
    await session.send(method, params);
  }
}

/** The longest silence of a list of times that did not end before `since`, in ms. */
export function longestSilence(times: readonly number[], since: number): number {
  return Math.max(...times.flatMap((at, index) => (index > 0 && at > since ? at - times[index - 1]! : [])));
}
