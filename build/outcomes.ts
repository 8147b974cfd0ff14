import type { Outcome } from './run-steps.ts';

/** How a program ended and what it printed. */
export interface Ending {
  /** Null when it had to be stopped. */
  readonly status: number | null;
  readonly output: string;
}

/** A program that is one check: its exit status says it all. */
export function outcomeOfStatus({ status }: Ending): Outcome {
  return status === 0 ? { passed: 1, failed: 0, notes: [] } : { passed: 0, failed: 1, notes: [] };
}

/** A program that failed must count at least one failure, whatever it printed before. */
function withStatus(outcome: Outcome, { status }: Ending): Outcome {
  if (status === 0 || outcome.failed > 0) return outcome;
  return { ...outcome, failed: 1, notes: [...outcome.notes, `ended with status ${status ?? 'none: it was stopped'}`] };
}

/** A program whose last line is `N passed, N failed`. */
export function outcomeOfLastLine(ending: Ending): Outcome {
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(ending.output);
  if (counts === null) return { passed: 0, failed: 1, notes: ['printed no count'] };
  return withStatus({ passed: Number(counts[1]), failed: Number(counts[2]), notes: [] }, ending);
}

/** A check that not every machine can run: then it says why, which is a note. Doing nothing without a word is a failure. */
export function outcomeOfOptionalCheck(ending: Ending): Outcome {
  const outcome = outcomeOfLastLine(ending);
  if (outcome.passed + outcome.failed > 0) return outcome;
  const why = /^not run: .+$/m.exec(ending.output)?.[0];
  return why === undefined ? { passed: 0, failed: 1, notes: ['did nothing and did not say why'] } : { ...outcome, notes: [why] };
}

/** What vitest's JSON reporter writes, as far as it is used here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Null for a report that was never written. A file that could not be loaded has no tests and is one failure. */
export function outcomeOfVitest(report: VitestReport | null, ending: Ending): Outcome {
  if (report === null) return { passed: 0, failed: 1, notes: ['wrote no report'] };
  const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const skipped = report.numPendingTests + report.numTodoTests;
  const outcome = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    notes: skipped === 0 ? [] : [`${skipped} skipped`],
  };
  return withStatus(outcome, ending);
}
