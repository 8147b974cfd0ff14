import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuildNeeded } from '../../build/freshness.ts';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'meterbook-freshness-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file that was last changed at a second of some day long ago. */
function write(path: string, changedAtSecond: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, changedAtSecond, changedAtSecond);
}

test('a build is needed when there is none', () => {
  write('main/cli.ts', 100);
  expect(isBuildNeeded(root)).toBe(true);
});

test('no build is needed when it is newer than every source', () => {
  write('main/cli.ts', 100);
  write('shared/money.ts', 101);
  write('package-lock.json', 102);
  write('dist/main/cli.js', 103);
  expect(isBuildNeeded(root)).toBe(false);
});

for (const source of [
  'main/billing/pricing/price.ts',
  'shared/money.ts',
  'migrations/0001-initial-schema.ts',
  'build/bundle.ts',
  'package-lock.json',
]) {
  test(`a build is needed when ${source} is newer`, () => {
    write('main/cli.ts', 100);
    write('dist/main/cli.js', 103);
    write(source, 104);
    expect(isBuildNeeded(root)).toBe(true);
  });
}

test('a newer test or document needs no build', () => {
  write('main/cli.ts', 100);
  write('dist/main/cli.js', 103);
  write('tests/billing/price.test.ts', 104);
  write('README.md', 104);
  expect(isBuildNeeded(root)).toBe(false);
});
