// What must be done before the pinned Node can take over. Plain JavaScript without dependencies: it runs on
// whatever Node the machine has, before anything is installed. Decisions only; start.mjs carries them out.

export const OLDEST_NODE_MAJOR = 20;

/** Exit status for "this machine lacks something" (EX_UNAVAILABLE). */
export const EXIT_UNAVAILABLE = 69;

/**
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {'install' | 'fetch-node'} SetUpStep
 */

/**
 * The sentence for a Node that is too old to go on with, or null.
 * @param {string} version
 * @returns {string | null}
 */
export function refusalOfNode(version) {
  const major = Number.parseInt(version, 10);
  if (major >= OLDEST_NODE_MAJOR) return null;
  return `Meterbook needs Node ${OLDEST_NODE_MAJOR} or newer to set itself up; this is Node ${version}. See https://nodejs.org.`;
}

/**
 * Whether node_modules holds what the lock file asks for. Compares versions, not file times: a fresh clone and a
 * switched branch both touch the lock file's time without changing what it says.
 * @param {Lock} lock package-lock.json
 * @param {Lock | null} installed node_modules/.package-lock.json, which npm writes when it is done
 */
export function isInstalled(lock, installed) {
  if (installed === null) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    // Binaries for other platforms are in the lock file and never on this disk.
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version;
  });
}

/**
 * @param {{ lock: Lock, installed: Lock | null, pinnedNodeVersion: string | null }} found
 *   `pinnedNodeVersion`: what the pinned Node answers to --version, null when it is missing or does not run
 * @returns {readonly SetUpStep[]}
 */
export function setUpSteps({ lock, installed, pinnedNodeVersion }) {
  if (!isInstalled(lock, installed)) return ['install', 'fetch-node'];
  const wanted = lock.packages['node_modules/node']?.version;
  return pinnedNodeVersion === `v${wanted}` ? [] : ['fetch-node'];
}

/**
 * npm's arguments for a step. Install scripts stay off but for the pinned Node's own, whatever npm's settings say.
 * @param {SetUpStep} step
 * @returns {readonly string[]}
 */
export function npmArguments(step) {
  if (step === 'install') return ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  return ['rebuild', 'node', '--ignore-scripts=false'];
}

/**
 * The pinned Node's own file, not npm's link to it: on Windows the link is a shell script.
 * @param {string} platform
 */
export function pinnedNodePath(platform) {
  return platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node';
}

/**
 * What the pinned Node runs for a command of package.json; null for an unknown one.
 * @param {string | undefined} command
 * @param {readonly string[]} extra what stood after `--`
 * @returns {readonly string[] | null}
 */
export function programFor(command, extra) {
  switch (command) {
    case 'start':
      return ['build/open.ts', ...extra];
    case 'test':
      return ['build/test.ts', ...extra];
    case 'build':
      return ['build/bundle.ts', ...extra];
    case 'bench':
      return ['build/bench.ts', ...extra];
    case 'screenshots':
      return ['build/screenshots.ts', ...extra];
    default:
      return null;
  }
}
