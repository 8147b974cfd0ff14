import { expect, test } from 'vitest';
import { findChromium } from '../../build/chromium.ts';

const there =
  (...paths: readonly string[]) =>
  (path: unknown): boolean =>
    paths.includes(String(path));

test.each([
  { name: 'a named one first', named: '/opt/c', exists: ['/opt/c', '/usr/bin/chromium'], expected: '/opt/c' },
  { name: 'a named one that is missing is not replaced', named: '/opt/c', exists: ['/usr/bin/chromium'], expected: null },
  { name: 'the system’s before a download', named: undefined, exists: ['/usr/bin/chromium', '/download'], expected: '/usr/bin/chromium' },
  { name: 'an empty name is none', named: '', exists: ['/download'], expected: '/download' },
  { name: 'none', named: undefined, exists: [], expected: null },
])('Chromium is taken from where it is: $name', ({ named, exists, expected }) => {
  expect(findChromium(named, '/download', there(...exists))).toBe(expected);
});
