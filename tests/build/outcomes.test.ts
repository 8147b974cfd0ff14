import { describe, expect, test } from 'vitest';
import { outcomeOfLastLine, outcomeOfStatus, outcomeOfVitest } from '../../build/outcomes.ts';
import type { VitestReport } from '../../build/outcomes.ts';

describe('a program that is one check', () => {
  test('passes with status 0', () => expect(outcomeOfStatus({ status: 0, output: '' })).toEqual({ passed: 1, failed: 0, notes: [] }));
  test('fails with any other', () => expect(outcomeOfStatus({ status: 2, output: '' })).toEqual({ passed: 0, failed: 1, notes: [] }));
  test('fails when it was stopped', () => expect(outcomeOfStatus({ status: null, output: '' }).failed).toBe(1));
});

describe('a program with a last line', () => {
  test('counts what the line says', () => {
    expect(outcomeOfLastLine({ status: 1, output: 'NOT OK a\n41 passed, 5 failed\n' })).toEqual({ passed: 41, failed: 5, notes: [] });
  });
  test('fails without the line', () => {
    expect(outcomeOfLastLine({ status: 0, output: 'all is well\n' })).toEqual({ passed: 0, failed: 1, notes: ['printed no count'] });
  });
  test('fails when the line is good and the status is not', () => {
    expect(outcomeOfLastLine({ status: 3, output: '41 passed, 0 failed\n' })).toEqual({
      passed: 41,
      failed: 1,
      notes: ['ended with status 3'],
    });
  });
});

describe("vitest's report", () => {
  const report: VitestReport = {
    numPassedTests: 12,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{}] }],
  };
  const good = { status: 0, output: '' };
  const bad = { status: 1, output: '' };

  test('counts tests', () => expect(outcomeOfVitest(report, good)).toEqual({ passed: 12, failed: 0, notes: [] }));
  test('counts failed tests', () => expect(outcomeOfVitest({ ...report, numFailedTests: 2 }, bad).failed).toBe(2));
  test('shows skipped ones', () => {
    expect(outcomeOfVitest({ ...report, numPendingTests: 1, numTodoTests: 1 }, good)).toEqual({
      passed: 12,
      failed: 0,
      notes: ['2 skipped'],
    });
  });
  test('counts a file that could not be loaded', () => {
    const broken = { ...report, testResults: [...report.testResults, { status: 'failed', assertionResults: [] }] };
    expect(outcomeOfVitest(broken, bad)).toEqual({ passed: 12, failed: 1, notes: [] });
  });
  test('fails after an error outside any test', () => {
    expect(outcomeOfVitest(report, bad)).toEqual({ passed: 12, failed: 1, notes: ['ended with status 1'] });
  });
  test('fails when there is none', () => {
    expect(outcomeOfVitest(null, good)).toEqual({ passed: 0, failed: 1, notes: ['wrote no report'] });
  });
});
