/** Runs test/elements and the SDK's browser tests in real browsers (`TEST_BROWSERS=chromium,firefox,webkit`; Chromium by default), from the TypeScript sources. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { browserLaunchers } from './test/support/browser-launchers.ts';
import { totalsReporter } from './test/support/wtr-totals.ts';

export default {
  files: ['test/elements/**/*.test.ts', 'test/sdk/**/*.browser.ts'],
  nodeResolve: { exportConditions: ['aura-source', 'browser', 'development'], browser: true },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: await browserLaunchers(process.env.TEST_BROWSERS || 'chromium'),
  middleware: [serveArtifacts],
  // One page at a time: elements do not paint on a page that is hidden behind another.
  concurrency: 1,
  testFramework: { config: { timeout: 5000 } },
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY }), totalsReporter(process.env.WTR_TOTALS)],
  // Lit says at each start that it is a development build.
  filterBrowserLogs: ({ args: [first] }) => !String(first).startsWith('Lit is in dev mode'),
};

/** The scripted jobs' files: there, but empty. */
function serveArtifacts(context, next) {
  if (!context.path.startsWith('/artifacts/')) return next();
  context.type = context.path.slice(context.path.lastIndexOf('.'));
  context.body = '';
}
