/** Reporter for @web/test-runner that writes how many tests passed and failed. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner-core';

/** @param path where to write `{ passed, failed }` as JSON; nothing is written without one */
export function totalsReporter(path: string | undefined): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      if (path) writeFileSync(path, JSON.stringify(countTests(sessions)));
    },
  };
}

/** A file that could not run at all counts as one failed test, and so does a test that was left out: nothing is skipped in silence. */
function countTests(sessions: TestSession[]): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  const count = ({ tests, suites }: TestSuiteResult): void => {
    for (const test of tests) {
      if (test.passed) passed++;
      else failed++;
    }
    suites.forEach(count);
  };
  for (const { testResults, passed: complete } of sessions) {
    const before = failed;
    if (testResults) count(testResults);
    if (!complete && failed === before) failed++;
  }
  return { passed, failed };
}
