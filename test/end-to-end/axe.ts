/** Runs axe in a page and says what it found in lines that a person can read. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

// It comes with @open-wc/testing.
const require = createRequire(createRequire(import.meta.url).resolve('chai-a11y-axe'));

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  // The gallery shows one element many times, and a story of a dialog has no page around it.
  rules: { 'landmark-unique': { enabled: false }, region: { enabled: false } },
};

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
}

/** @param selector what is looked at, with everything in its shadow */
export async function findFaults(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(
    async (within, options) => {
      const { axe } = window as unknown as { axe: { run(context: string, options: unknown): Promise<AxeResults> } };
      const { violations } = await axe.run(within, options);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
      );
    },
    selector,
    OPTIONS as never,
  );
}
