// `npm run pack:host`: makes the npm package `meterbook` for servers out of the built folder: dist/host-package and a tarball beside it.
// TypeORM and the rest are inside the bundle, because an installed package's own `overrides` count for nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { distFolder } from './dist-folder.ts';

const root = join(import.meta.dirname, '..');
const OLDEST_NODE = '>=22';

interface ProjectPackage {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The package's own package.json: no scripts, no development, one dependency at one version. */
export function hostManifest({ version, description, license, dependencies }: ProjectPackage): object {
  return {
    name: 'meterbook',
    version,
    description,
    license,
    type: 'module',
    engines: { node: OLDEST_NODE },
    bin: { meterbook: 'dist/main/cli.js' },
    files: ['dist', 'meterbook.service', 'Containerfile'],
    dependencies,
  };
}

/** Puts the package together in `folder`, from `built`. */
export function stageHostPackage(built: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const scripts = JSON.parse(readFileSync(join(built, 'main/headless-files.json'), 'utf8')) as readonly string[];
  for (const name of [...scripts, 'fonts']) copy(join(built, 'main', name), join(folder, 'dist/main', name));
  copy(join(built, 'renderer'), join(folder, 'dist/renderer'));
  copy(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copy(join(root, 'packaging/README.md'), join(folder, 'README.md'));
  for (const name of ['meterbook.service', 'Containerfile']) copy(join(root, 'packaging', name), join(folder, name));
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectPackage;
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(hostManifest(project), null, 2)}\n`);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

/** Packs the staged folder; its answer is the tarball's path. */
export function packHost(folder: string, destination: string): string {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const packed = spawnSync('npm', words, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as ProjectPackage;
  return join(destination, `meterbook-${version}.tgz`);
}

if (import.meta.main) {
  const built = join(root, distFolder());
  const folder = join(built, 'host-package');
  stageHostPackage(built, folder);
  console.log(packHost(folder, built));
}
