/** A real browser for end-to-end tests. */
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { findBrowser } from './browser.ts';

const BUNDLE = fileURLToPath(new URL('../../elements/dist/cdn/aura-jobs.js', import.meta.url));

/** @throws when the script-tag bundle was not built: a page without it would test nothing */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  await access(BUNDLE).catch(() => {
    throw new Error('elements/dist/cdn/aura-jobs.js is missing. Run "npm run build" first.');
  });
  const { executablePath, headless, args, env } = await findBrowser();
  return launch({ executablePath, headless, args, env, ...options });
}

/** A page whose errors fail the test: read `faults` at the end. */
export async function openPage(browser: Browser): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.setViewport({ width: 1280, height: 900 });
  return { page, faults };
}
