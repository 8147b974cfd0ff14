// node build/start.mjs start | test | build | bench | screenshots [arguments]
// Sets up what is missing, then hands over to the Node that the project pins. Runs on the machine's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_UNAVAILABLE, npmArguments, pinnedNodePath, programFor, refusalOfNode, setUpSteps } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinnedNode = join(root, pinnedNodePath(process.platform));

/**
 * @param {string} line
 * @param {number} status
 * @returns {never}
 */
function giveUp(line, status) {
  console.error(line);
  process.exit(status);
}

/** @param {string} file */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

function pinnedNodeVersion() {
  const answer = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : null;
}

/** @param {readonly string[]} args */
function runNpm(args) {
  console.error(`npm ${args.join(' ')}`);
  // Under npm the Node that runs this may be the pinned one, which `npm ci` is about to delete: npm's own Node is safe.
  const { npm_execpath: npmCli = '', npm_node_execpath: npmNode } = process.env;
  const [command, first] = npmCli.endsWith('npm-cli.js') && npmNode ? [npmNode, [npmCli]] : ['npm', []];
  const answer = spawnSync(command, [...first, ...args], {
    cwd: root,
    // Standard output stays free for what the command itself prints.
    stdio: ['inherit', 2, 'inherit'],
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (answer.error !== undefined) giveUp(`Set-up stopped: npm does not start here (${answer.error.message}).`, EXIT_UNAVAILABLE);
  if (answer.status !== 0) giveUp(`Set-up stopped: "npm ${args.join(' ')}" failed; its own words are above.`, answer.status ?? 1);
}

/** @param {readonly string[]} program */
function handOver(program) {
  const path = [dirname(pinnedNode), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(pinnedNode, program, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } });
  // A terminal sends Ctrl+C to the whole group, so the child has it already: here it only must not end the wait.
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  // npm starts this through a shell that dies of a signal without passing it on: an orphan ends as if it had got it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (status, signal) => process.exit(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

const refusal = refusalOfNode(process.versions.node);
if (refusal !== null) giveUp(refusal, EXIT_UNAVAILABLE);

const program = programFor(process.argv[2], process.argv.slice(3));
if (program === null) giveUp('usage: node build/start.mjs start | test | build | bench | screenshots [arguments]', 64);

const found = { lock: readLock('package-lock.json'), installed: readLock('node_modules/.package-lock.json') };
for (const step of setUpSteps({ ...found, pinnedNodeVersion: pinnedNodeVersion() })) runNpm(npmArguments(step));
if (pinnedNodeVersion() === null) giveUp(`The pinned Node at ${pinnedNode} does not run on this machine.`, EXIT_UNAVAILABLE);
handOver(program);
