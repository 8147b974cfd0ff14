import { expect, test } from 'vitest';
import { readProjectFile } from './source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly extraneous?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}
type Packages = Readonly<Record<string, LockedPackage>>;

/** Where npm looks for a package from another one's folder: beside it, then in each folder above. */
function isLocked(packages: Packages, from: string, name: string): boolean {
  const above = from.lastIndexOf('node_modules/');
  if (`${from === '' ? '' : `${from}/`}node_modules/${name}` in packages) return true;
  return from !== '' && isLocked(packages, from.slice(0, Math.max(0, above - 1)), name);
}

/**
 * npm leaves the binaries for other platforms out of the lock file, silently, where it could not read about them, and the
 * next `npm ci` stops. So each optional dependency must have an entry of its own.
 */
function findMissingEntries(packages: Packages): readonly string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path} lacks ${name}`),
  );
}

const { packages } = JSON.parse(readProjectFile('package-lock.json')) as { readonly packages: Packages };

test('the lock file has an entry for each optional dependency', () => {
  expect(findMissingEntries(packages)).toEqual([]);
});

test('a left-out binary is noticed', () => {
  const doctored: Packages = {
    '': {},
    'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0', 'a-win32': '1.0.0' } },
    'node_modules/a-linux': { version: '1.0.0' },
    'node_modules/a/node_modules/a-darwin': { version: '1.0.0' },
  };
  expect(findMissingEntries(doctored)).toEqual(['node_modules/a lacks a-win32']);
});

test('the lock file holds nothing that nobody asks for', () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.extraneous === true)).toEqual([]);
});

test('the lock file names no place to download from', () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
});

test('every version in package.json is exact', () => {
  const { dependencies, devDependencies } = JSON.parse(readProjectFile('package.json')) as Record<string, Record<string, string>>;
  const versions = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.filter((version) => !/^(npm:[@a-z0-9/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
