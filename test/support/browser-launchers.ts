/** The browsers that @web/test-runner is to use. */
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import type { BrowserLauncher } from '@web/test-runner-core';
import type { BrowserContext, Page } from 'puppeteer-core';
import { findBrowser } from './browser.ts';
import { findProgram } from './installed-program.ts';
import { webkitLauncher } from './webkit-launcher.ts';

const LAUNCHERS: Record<string, () => Promise<BrowserLauncher>> = {
  async chromium() {
    const { executablePath, headless, args, env } = await findBrowser();
    return chromeLauncher({ launchOptions: { executablePath, headless, args, env } });
  },
  async firefox() {
    const executablePath = await findProgram({ name: 'firefox-esr', packages: ['firefox-esr'] });
    const launchOptions = { browser: 'firefox', executablePath } as const;
    return chromeLauncher({ puppeteer: puppeteerCore, launchOptions, createPage: pageOfAnyFirefox });
  },
  webkit: webkitLauncher,
};

/**
 * Setting a viewport sets the screen's orientation beside its size. Firefox 140 ESR, which some Debian mirrors still
 * serve, has no such command; the size is all that the tests need.
 */
async function pageOfAnyFirefox({ context }: { context: BrowserContext }): Promise<Page> {
  const page = await context.newPage();
  const setViewport = page.setViewport.bind(page);
  page.setViewport = async (viewport) => {
    try {
      await setViewport(viewport);
    } catch (error) {
      if (!String(error).includes('unknown command emulation.setScreenOrientationOverride')) throw error;
    }
  };
  return page;
}

/**
 * @param names `chromium`, `firefox`, `webkit`, with commas between
 * @throws when one is unknown, or is not there and cannot be installed: no browser is left out in silence
 */
export async function browserLaunchers(names: string): Promise<BrowserLauncher[]> {
  const launchers: BrowserLauncher[] = [];
  for (const name of names.split(',')) {
    const launcher = LAUNCHERS[name.trim()];
    if (!launcher) throw new Error(`TEST_BROWSERS names "${name}". It may name ${Object.keys(LAUNCHERS).join(', ')}.`);
    launchers.push(await launcher());
  }
  return launchers;
}
