// `npm test`: every check that CI runs. The last line is `N passed, N failed`, the status is 0 when none failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcomeOfLastLine, outcomeOfOptionalCheck, outcomeOfStatus, outcomeOfVitest } from './outcomes.ts';
import type { Ending, VitestReport } from './outcomes.ts';
import { runSteps, sumUp } from './run-steps.ts';
import type { Outcome, Step } from './run-steps.ts';

/** A step that hangs is stopped after this and fails. */
const STEP_LIMIT_MS = 25 * 60_000;

const SCENARIOS = 'tests/conformance/cases';

const root = join(import.meta.dirname, '..');
const workDir = mkdtempSync(join(tmpdir(), 'meterbook-test-'));
const vitestReport = join(workDir, 'vitest.json');

interface Check extends Step {
  /** Programs for the pinned Node, one after the other; the first that fails ends the step. */
  readonly programs: readonly (readonly string[])[];
  readonly read: (ending: Ending) => Outcome;
}

const TSC = 'node_modules/@typescript/native/bin/tsc';
const CHECKS: readonly Check[] = [
  { name: 'build', needs: [], cores: 1, programs: [['build/bundle.ts']], read: outcomeOfStatus },
  {
    name: 'typecheck',
    needs: [],
    cores: 1,
    programs: ['tsconfig.shared.json', 'tsconfig.main.json', 'tsconfig.renderer.json', 'tsconfig.screens.json', 'tsconfig.json'].map(
      (project) => [TSC, '-p', project],
    ),
    read: outcomeOfStatus,
  },
  {
    name: 'lint',
    needs: [],
    cores: 1,
    programs: [['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
    read: outcomeOfStatus,
  },
  { name: 'format', needs: [], cores: 1, programs: [['node_modules/prettier/bin/prettier.cjs', '--check', '.']], read: outcomeOfStatus },
  {
    name: 'vitest',
    needs: ['build'],
    cores: 2,
    programs: [['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`]],
    read: (ending) => outcomeOfVitest(readVitestReport(), ending),
  },
  {
    name: 'scenarios',
    needs: ['build'],
    cores: 2,
    programs: [['tests/conformance/run.mjs', SCENARIOS]],
    read: outcomeOfLastLine,
  },
  { name: 'start-up', needs: ['build'], cores: 2, programs: [['build/start-up.ts']], read: outcomeOfLastLine },
  { name: 'screens', needs: ['build'], cores: 2, programs: [['build/screens.ts']], read: outcomeOfLastLine },
  { name: 'package journey', needs: ['build'], cores: 2, programs: [['build/package-journey.ts']], read: outcomeOfLastLine },
  { name: 'desktop smoke', needs: ['build'], cores: 1, programs: [['build/desktop-smoke.ts']], read: outcomeOfOptionalCheck },
  {
    name: 'client journey',
    needs: ['build'],
    cores: 1,
    programs: [['build/journey.ts']],
    read: outcomeOfLastLine,
  },
];

function readVitestReport(): VitestReport | null {
  try {
    return JSON.parse(readFileSync(vitestReport, 'utf8')) as VitestReport;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function runProgram(program: readonly string[]): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let output = '';
    // Without FORCE_COLOR, which some terminals set: what is kept and read again has no colours.
    const { FORCE_COLOR: _, ...env } = process.env;
    const child = spawn(process.execPath, program, {
      cwd: root,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_LIMIT_MS,
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

async function runCheck(check: Check): Promise<Outcome> {
  const startedAt = performance.now();
  let ending: Ending = { status: 0, output: '' };
  for (const program of check.programs) {
    const { status, output } = await runProgram(program);
    ending = { status, output: ending.output + output };
    if (status !== 0) break;
  }
  const outcome = check.read(ending);
  if (outcome.failed > 0) console.log(`\n--- ${check.name}\n${ending.output.trimEnd()}\n---\n`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${check.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
  for (const note of outcome.notes) console.log(`  ${note}`);
  return outcome;
}

try {
  const outcomes = await runSteps(CHECKS, Math.max(2, availableParallelism()), runCheck);
  const missing = CHECKS.filter(({ name }) => outcomes.get(name)?.notes.some((note) => note.startsWith('not run')));
  for (const { name } of missing) console.log(`${name}: ${outcomes.get(name)?.notes.join(', ') ?? ''}`);
  const { passed, failed } = sumUp(outcomes.values());
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(workDir, { recursive: true, force: true });
}
