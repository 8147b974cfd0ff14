import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Where Chromium is looked for, first to last: a path that somebody names, the system's, Playwright's own download. */
export function chromiumCandidates(named: string | undefined, downloaded: string): readonly string[] {
  return [...(named === undefined || named === '' ? [] : [named]), '/usr/bin/chromium', '/usr/bin/chromium-browser', downloaded];
}

/** The first candidate that is there; null when none is. A named one that is missing is never replaced by another. */
export function findChromium(named: string | undefined, downloaded: string, exists = existsSync): string | null {
  const candidates = chromiumCandidates(named, downloaded);
  if (named !== undefined && named !== '') return exists(named) ? named : null;
  return candidates.find((path) => exists(path)) ?? null;
}

/** Said when there is no browser and none can be installed. */
export const NO_CHROMIUM =
  'The browser tests need Chromium. Install it (Debian: apt-get install -y chromium; elsewhere: npx playwright install chromium), or set METERBOOK_CHROMIUM to its path.';

/** As root on Debian, the one system whose packages are known to hold it, Chromium is installed. */
export function installChromium(): boolean {
  if (process.getuid?.() !== 0 || !isDebian()) return false;
  console.error('apt-get install -y chromium');
  for (const words of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const run = spawnSync('apt-get', words, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (run.status !== 0) return false;
  }
  return true;
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}
