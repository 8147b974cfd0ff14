import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { distFolder } from '../../build/dist-folder.ts';
import { FUSES, wrongFuses } from '../../build/fuses.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const require = createRequire(join(root, 'node_modules/electron-builder/package.json'));

interface Target {
  readonly target: string;
  readonly arch?: string | readonly string[];
}
interface Configuration {
  readonly files: readonly string[];
  readonly asarUnpack: readonly string[];
  readonly npmRebuild: boolean;
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
  readonly fileAssociations: readonly { readonly ext: string; readonly icon: string }[];
  readonly win: { readonly target: readonly Target[]; readonly icon: string };
  readonly mac: {
    readonly target: readonly Target[];
    readonly icon: string;
    readonly entitlements: string;
    readonly [key: string]: unknown;
  };
  readonly linux: { readonly target: readonly string[]; readonly icon: string };
  readonly publish: unknown;
}
const configuration = parse(text) as Configuration;

describe('electron-builder.yml', () => {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
    validateConfiguration: (configuration: unknown, log: { readonly isEnabled: boolean }) => Promise<void>;
  };

  test("passes electron-builder's own schema", async () => {
    await validateConfiguration(parse(text), { isEnabled: false });
  });

  test('the schema would notice a word that it does not know', async () => {
    await expect(validateConfiguration({ ...configuration, asarUnpacked: [] }, { isEnabled: false })).rejects.toThrow('asarUnpacked');
  });

  test('makes the installers of each system', () => {
    expect(configuration.win.target).toEqual([{ target: 'nsis', arch: ['x64', 'arm64'] }]);
    expect(configuration.mac.target).toEqual([
      { target: 'dmg', arch: 'universal' },
      { target: 'zip', arch: 'universal' },
    ]);
    expect(configuration.linux.target).toEqual(['AppImage', 'deb', 'rpm']);
    expect(configuration.mac).toMatchObject({ hardenedRuntime: true, notarize: true });
  });

  test('sets the fuses of the table, all of it and nothing else', () => {
    expect(configuration.electronFuses).toEqual(FUSES);
    expect(FUSES).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    });
  });

  test('leaves the native module as it comes and outside the archive', () => {
    expect(configuration.npmRebuild).toBe(false);
    expect(configuration.asarUnpack).toEqual(['node_modules/better-sqlite3/**']);
    expect(Object.keys(packageJson.dependencies)).toEqual(['better-sqlite3']);
  });

  test.each([
    ['darwin', ['darwin-arm64.node', 'darwin-x64.node']],
    ['linux', ['linux-arm64.node', 'linux-x64.node']],
    ['win32', ['win32-arm64.node', 'win32-x64.node']],
  ])('%s gets its own binaries of the driver only', (platform, expected) => {
    const refused = configuration.files
      .filter((line) => line.includes('${platform}'))
      .map((line) => line.slice(1).replace('${platform}', platform));
    expect(refused).toHaveLength(1);
    const names = readdirSync(join(root, 'node_modules/better-sqlite3/prebuilds'));
    const kept = names.filter((name) => !refused.some((glob) => matchesGlob(`node_modules/better-sqlite3/prebuilds/${name}`, glob)));
    expect(kept.sort()).toEqual(expected);
  });

  test('answers to its links and files, with icons that are there', () => {
    expect(configuration.protocols.map(({ schemes }) => schemes)).toEqual([['meterbook']]);
    expect(configuration.fileAssociations.map(({ ext }) => ext)).toEqual(['meterbook']);
    const icons = configuration.fileAssociations.flatMap(({ icon }) => [`${icon}.ico`, `${icon}.icns`]);
    for (const file of [...icons, configuration.win.icon, configuration.mac.icon, configuration.mac.entitlements]) {
      expect(readFileSync(join(root, file)).length).toBeGreaterThan(0);
    }
    expect(readdirSync(join(root, configuration.linux.icon))).toContain('512x512.png');
  });

  test('says nothing about where updates come from: that is for whoever publishes', () => {
    expect(configuration.publish).toBeNull();
  });
});

/**
 * Electron itself is not here. Where it would be copied from stands a file with nothing in it but a fuse wire as Electron ships it:
 * enough to see what electron-builder puts beside it, and not one thing more.
 */
function makeStandIn(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const wire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Uint8Array.of(1, 8), Buffer.from('10110001')]);
  writeFileSync(join(folder, 'electron'), wire);
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), packageJson.devDependencies.electron);
  writeFileSync(join(folder, 'LICENSE'), '');
}

describe('the packed app, as far as it is made before Electron is needed', () => {
  const work = mkdtempSync(join(tmpdir(), 'meterbook-packed-'));
  const packed = join(work, 'installers', 'linux-unpacked');
  const asar = require('@electron/asar') as {
    listPackage: (file: string) => string[];
    extractFile: (file: string, name: string) => Buffer;
  };
  const archive = join(packed, 'resources', 'app.asar');

  beforeAll(() => {
    makeStandIn(join(work, 'electron'));
    // Another build's folder may stand in for dist/.
    const lines = text.replaceAll('dist/main', `${distFolder()}/main`).replaceAll('dist/renderer', `${distFolder()}/renderer`);
    const file = join(work, 'electron-builder.json');
    const directories = { output: join(work, 'installers'), buildResources: 'build/icons' };
    writeFileSync(file, JSON.stringify({ ...(parse(lines) as object), directories, electronDist: join(work, 'electron') }));
    const words = ['node_modules/electron-builder/cli.js', '--linux', 'dir', '--x64', '--publish', 'never', '--config', file];
    execFileSync(process.execPath, words, { cwd: root, stdio: 'pipe', env: { ...process.env, CI: '1' } });
  }, 120_000);
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  test('holds the built program, the driver, and nothing of the project besides', () => {
    const files = asar.listPackage(archive).map((name) => name.replaceAll('\\', '/').slice(1));
    const folders = new Set(files.filter((name) => files.some((other) => other.startsWith(`${name}/`))));
    const roots = [
      `${distFolder()}/main/`,
      `${distFolder()}/renderer/`,
      'node_modules/better-sqlite3/lib/',
      'node_modules/better-sqlite3/prebuilds/linux-',
    ];
    const single = ['package.json', 'node_modules/better-sqlite3/package.json', 'node_modules/better-sqlite3/LICENSE'];
    const surprising = files.filter(
      (name) => !folders.has(name) && !single.includes(name) && !roots.some((start) => name.startsWith(start)),
    );
    expect(surprising).toEqual([]);
    for (const name of ['desktop.js', 'engine-host.js', 'preload.cjs', 'pdf-worker.js', 'icons/tray.png']) {
      expect(files).toContain(`${distFolder()}/main/${name}`);
    }
    expect(files.filter((name) => name.endsWith('.map') || name.endsWith('headless-files.json'))).toEqual([]);
  });

  test("has the driver's binaries outside the archive", () => {
    const prebuilds = join(packed, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds');
    expect(readdirSync(prebuilds).sort()).toEqual(['linux-arm64.node', 'linux-x64.node']);
  });

  test('begins with the desktop entry', () => {
    const { main } = JSON.parse(asar.extractFile(archive, 'package.json').toString('utf8')) as { readonly main: string };
    expect(main).toBe(`${distFolder()}/main/desktop.js`);
  });

  test('has its fuses set, and a fuse that is not is noticed', async () => {
    expect(await wrongFuses(join(packed, 'meterbook'))).toEqual([]);
    expect(await wrongFuses(join(work, 'electron', 'electron'))).toEqual([
      'runAsNode',
      'enableNodeOptionsEnvironmentVariable',
      'enableNodeCliInspectArguments',
      'grantFileProtocolExtraPrivileges',
      'onlyLoadAppFromAsar',
      'enableEmbeddedAsarIntegrityValidation',
    ]);
  });

  test('has no feed for updates', () => {
    expect(readdirSync(join(packed, 'resources'))).not.toContain('app-update.yml');
  });
});
