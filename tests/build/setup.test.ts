import { describe, expect, test } from 'vitest';
import { isInstalled, npmArguments, pinnedNodePath, programFor, refusalOfNode, setUpSteps } from '../../build/setup.mjs';

describe('the Node of the machine', () => {
  for (const version of ['20.0.0', '20.20.2', '24.21.0', '26.1.0']) {
    test(`${version} goes on`, () => expect(refusalOfNode(version)).toBeNull());
  }
  for (const version of ['18.20.8', '16.0.0', '9.11.2']) {
    test(`${version} is refused in one line that names both versions`, () => {
      const refusal = refusalOfNode(version) ?? '';
      expect(refusal).toContain('Node 20 or newer');
      expect(refusal).toContain(`Node ${version}.`);
      expect(refusal).not.toContain('\n');
    });
  }
});

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/node': { version: '24.21.0' },
    'node_modules/hono': { version: '4.13.19' },
    'node_modules/esbuild-linux': { version: '1.0.0', optional: true },
    'node_modules/esbuild-darwin': { version: '1.0.0', optional: true },
  },
};
const installed = {
  packages: {
    'node_modules/node': { version: '24.21.0' },
    'node_modules/hono': { version: '4.13.19' },
    'node_modules/esbuild-linux': { version: '1.0.0', optional: true },
  },
};

describe('node_modules', () => {
  test('is complete without the binaries for other platforms', () => expect(isInstalled(lock, installed)).toBe(true));

  test('is not there before the first installation', () => expect(isInstalled(lock, null)).toBe(false));

  test('is behind when a package is missing', () => {
    const { 'node_modules/hono': _, ...others } = installed.packages;
    expect(isInstalled(lock, { packages: others })).toBe(false);
  });

  test('is behind when a package has another version than the lock file', () => {
    expect(isInstalled(lock, { packages: { ...installed.packages, 'node_modules/hono': { version: '4.13.18' } } })).toBe(false);
  });

  test('is behind when an optional package has another version than the lock file', () => {
    expect(isInstalled(lock, { packages: { ...installed.packages, 'node_modules/esbuild-linux': { version: '0.9.0' } } })).toBe(false);
  });

  test('may hold more than the lock file asks for', () => {
    expect(isInstalled(lock, { packages: { ...installed.packages, 'node_modules/extra': { version: '1.0.0' } } })).toBe(true);
  });
});

describe('set-up', () => {
  test('is nothing when all is there', () => {
    expect(setUpSteps({ lock, installed, pinnedNodeVersion: 'v24.21.0' })).toEqual([]);
  });

  test('installs and fetches the pinned Node on a fresh clone', () => {
    expect(setUpSteps({ lock, installed: null, pinnedNodeVersion: null })).toEqual(['install', 'fetch-node']);
  });

  test('fetches the pinned Node again after an installation, which removes it', () => {
    const behind = { packages: {} };
    expect(setUpSteps({ lock, installed: behind, pinnedNodeVersion: 'v24.21.0' })).toEqual(['install', 'fetch-node']);
  });

  test('only fetches the pinned Node where `npm ci` ran without scripts', () => {
    expect(setUpSteps({ lock, installed, pinnedNodeVersion: null })).toEqual(['fetch-node']);
  });

  test('fetches the pinned Node when another one is there', () => {
    expect(setUpSteps({ lock, installed, pinnedNodeVersion: 'v22.22.0' })).toEqual(['fetch-node']);
  });
});

describe("npm's arguments", () => {
  test('never run an install script of the whole tree, and include what only development needs', () => {
    expect(npmArguments('install')).toEqual(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']);
  });

  test("run the pinned Node's own script, though .npmrc turns scripts off", () => {
    expect(npmArguments('fetch-node')).toEqual(['rebuild', 'node', '--ignore-scripts=false']);
  });
});

describe('handing over', () => {
  test("finds the pinned Node's own file", () => {
    expect(pinnedNodePath('linux')).toBe('node_modules/node/bin/node');
    expect(pinnedNodePath('win32')).toBe('node_modules/node/bin/node.exe');
  });

  test('passes on what stood after the command', () => {
    expect(programFor('start', ['--port', '8080'])).toEqual(['build/open.ts', '--port', '8080']);
    expect(programFor('test', [])).toEqual(['build/test.ts']);
    expect(programFor('build', [])).toEqual(['build/bundle.ts']);
    expect(programFor('bench', [])).toEqual(['build/bench.ts']);
    expect(programFor('screenshots', [])).toEqual(['build/screenshots.ts']);
  });

  test('knows no other command', () => {
    expect(programFor('deploy', [])).toBeNull();
    expect(programFor(undefined, [])).toBeNull();
  });
});
