import { readFileSync } from 'node:fs';

function failedFiles(report) {
  // A file that cannot be loaded has no tests to fail, and must not pass for an empty one.
  return report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
}

/**
 * Counts what really ran, from the report that vitest wrote and the status it left with. Without a
 * readable report, or with a bad status that no test explains, one failure is added.
 */
export function countTests(reportFile, exitStatus) {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + failedFiles(report);
  const skipped = report.numPendingTests + report.numTodoTests;
  const unexplained = failed === 0 && (exitStatus !== 0 || report.success === false) ? 1 : 0;
  return { passed, failed: failed + unexplained, skipped };
}
