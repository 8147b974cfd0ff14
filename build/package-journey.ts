// Packs the engine for servers, installs the tarball in an empty folder and walks the first-run journey in Chromium on what was installed.
// The last line counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { distFolder } from './dist-folder.ts';
import { packHost, stageHostPackage } from './package-host.ts';

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'meterbook-package-journey-'));

try {
  stageHostPackage(join(root, distFolder()), join(work, 'staged'));
  const words = ['install', '--prefix', join(work, 'installed'), '--no-audit', '--no-fund', '--prefer-offline'];
  const isWindows = process.platform === 'win32';
  const tarball = packHost(join(work, 'staged'), work);
  const installed = spawnSync('npm', [...words, tarball], { cwd: work, encoding: 'utf8', shell: isWindows });
  if (installed.status !== 0) {
    console.log(`${installed.stderr}\n0 passed, 1 failed`);
    process.exitCode = 1;
  } else {
    // The browser tests start whatever build this names.
    const dist = relative(root, join(work, 'installed/node_modules/meterbook/dist'));
    const walked = spawnSync(process.execPath, ['build/screens.ts', 'tests/screens/first-run.spec.ts'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, METERBOOK_DIST: dist },
    });
    process.exitCode = walked.status ?? 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
