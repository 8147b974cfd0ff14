import { expect, test } from 'vitest';
import { readSourceFiles } from './source-files.ts';

/** A file is trusted after reading that file alone; past this it is searched instead of read. */
const MAX_LINES = 450;

test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const tooLong = readSourceFiles(['main', 'shared', 'renderer', 'build'])
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(tooLong).toEqual([]);
});
